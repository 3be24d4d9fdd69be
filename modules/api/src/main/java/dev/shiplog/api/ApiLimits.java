package dev.shiplog.api;

/**
 * How much the API has in hand at once; who comes then is told to come back.
 *
 * @param connections of clients; one more is closed at once
 * @param reads that are answered at once, sharing the database's connections
 * @param waitingReads beyond those
 * @param submissions of commands, each until its outcome is there or its client has waited long enough
 * @param submissionBytes of their bodies; a single one of any size that a command may have is let in
 * @param streams to watchers
 */
public record ApiLimits(
        int connections, int reads, int waitingReads, int submissions, long submissionBytes, int streams) {

    public static final ApiLimits USUAL = new ApiLimits(10_000, 32, 1_000, 1_000, 64L * 1024 * 1024, 1_000);

    public ApiLimits {
        if (connections < 1 || reads < 1 || waitingReads < 0 || submissions < 1 || submissionBytes < 1 || streams < 1) {
            throw new IllegalArgumentException("at least one of each must be let in: " + connections + " connections, "
                    + reads + " reads (" + waitingReads + " waiting), " + submissions + " submissions of "
                    + submissionBytes
                    + " bytes, " + streams + " streams");
        }
    }
}
