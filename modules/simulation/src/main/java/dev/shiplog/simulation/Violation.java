package dev.shiplog.simulation;

/** A promise was broken. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1;

    Violation(Promise promise, String what) {
        super(promise + ": " + what);
    }

    /** What Shiplog promises; README.md explains each. */
    enum Promise {
        ONE_EFFECT,
        OUTCOME,
        FINAL_STAYS,
        SERVING,
        FENCE,
        NAMED_ONLY,
        SETTLES,
        CLUSTERS_AS_HISTORY,
        REPLAY,
        OFFSETS
    }
}
