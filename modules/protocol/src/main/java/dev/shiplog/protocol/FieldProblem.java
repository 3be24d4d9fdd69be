package dev.shiplog.protocol;

/** A message that is no word of ours: which field, and what about it. */
final class FieldProblem extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    enum Kind {
        MALFORMED("malformed"),
        MISSING("missing-field"),
        UNKNOWN("unknown-field"),
        INVALID("invalid-field");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    private final Kind kind;

    private FieldProblem(Kind kind, String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem);
        this.kind = kind;
    }

    /** Not even of the format it is said to be in. */
    static FieldProblem malformed(String path, String problem) {
        return new FieldProblem(Kind.MALFORMED, path, problem);
    }

    static FieldProblem missing(String path, String problem) {
        return new FieldProblem(Kind.MISSING, path, problem);
    }

    static FieldProblem unknown(String path, String problem) {
        return new FieldProblem(Kind.UNKNOWN, path, problem);
    }

    static FieldProblem invalid(String path, String problem) {
        return new FieldProblem(Kind.INVALID, path, problem);
    }

    /** For programs, e.g. {@code missing-field}. */
    String code() {
        return kind.code;
    }

    /** The sentence, which every problem has. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
