package dev.shiplog.domain;

/** Who asks, and how we know: until there is authentication, {@link Proof#CLAIMED} is all there is. */
public record Principal(String name, Proof proof) {

    public enum Proof {
        /** The submitter says so. */
        CLAIMED,
        /** Shiplog itself: a deadline, a report. */
        SHIPLOG
    }

    public static final Principal SHIPLOG = new Principal("shiplog", Proof.SHIPLOG);

    public static Principal claimed(String name) {
        return new Principal(name, Proof.CLAIMED);
    }
}
