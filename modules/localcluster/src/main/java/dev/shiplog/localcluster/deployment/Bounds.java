package dev.shiplog.localcluster.deployment;

/**
 * How far a rollout may go to either side of what is wanted.
 *
 * @param wanted spec.replicas
 * @param surge how many there may be beyond it
 * @param unavailable how many of it may be missing
 */
public record Bounds(int wanted, int surge, int unavailable) {

    /** Surge is rounded up and unavailability down; if both come out as none, one may be missing, or nothing could ever move. */
    public static Bounds rolling(int wanted, IntOrPercent maxSurge, IntOrPercent maxUnavailable) {
        int surge = maxSurge.roundedUp(wanted);
        int unavailable = maxUnavailable.roundedDown(wanted);
        return new Bounds(wanted, surge, Math.min(wanted, surge == 0 && unavailable == 0 ? 1 : unavailable));
    }

    /** Recreating knows no bounds: everything goes, then everything comes. */
    public static Bounds recreate(int wanted) {
        return new Bounds(wanted, 0, 0);
    }

    /** The most that there may be at any time. */
    public int most() {
        return wanted + surge;
    }

    /** The fewest that must be available at any time. */
    public int fewest() {
        return wanted - unavailable;
    }
}
