package dev.shiplog.domain;

import java.util.List;

/** What became of a command, as its submitter is told; the same each time the command arrives. */
public sealed interface Outcome {

    /**
     * @param revision the revision the command made or found, the first of several; 0 where there is none
     * @param revisions that the command made: one for each content that its clusters started from
     */
    record Accepted(int revision, String message, List<Made> revisions) implements Outcome {

        public Accepted {
            revisions = List.copyOf(revisions);
        }

        /** Without a new revision. */
        public Accepted(int revision, String message) {
            this(revision, message, List.of());
        }
    }

    record Refused(String code, String message) implements Outcome {}

    /** A new revision, and the clusters that it goes to. */
    record Made(int revision, List<String> clusters) {

        public Made {
            clusters = List.copyOf(clusters);
        }
    }
}
