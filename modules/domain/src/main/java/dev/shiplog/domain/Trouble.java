package dev.shiplog.domain;

/** What stands in the way on a cluster: a named cause and a sentence for people. */
public record Trouble(Kind kind, String detail) {

    public enum Kind {
        UNREACHABLE(true),
        UNAUTHORIZED(true),
        FORBIDDEN(true),
        THROTTLED(true),
        QUOTA_EXCEEDED(true),
        /** There was no room for pods before any of them was made. */
        INSUFFICIENT_CAPACITY(false),
        CONFLICT(false),
        INVALID(false),
        NAMESPACE_MISSING(true),
        IMAGE_PULL(true),
        CRASH_LOOP(true),
        UNSCHEDULABLE(true),
        NOT_READY(true),
        DEADLINE_EXCEEDED(false),
        /** A newer generation has been written by somebody else: whoever reads this is not the owner any more. */
        OUTRUN(false),
        /** A later leg of the same generation stands there: the request was late, or its owner is behind. */
        LATE(true),
        UNKNOWN(true);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether trying again may help; otherwise somebody has to change something first. */
        public boolean isPassing() {
            return passing;
        }

        /** The kind in the words of kubectl's columns, e.g. {@code ImagePull}. */
        public String word() {
            var word = new StringBuilder();
            for (String part : name().split("_", -1)) {
                word.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
            }
            return word.toString();
        }
    }

    @Override
    public String toString() {
        return kind.word() + ": " + detail;
    }
}
