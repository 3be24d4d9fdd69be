package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Amount;
import java.util.Optional;

/**
 * How many pods are old and how many new, while both are behind the same Services.
 *
 * <p>Of all totals from replicas to replicas + maxSurge, the one is taken whose whole pods come nearest to the weight; of
 * several, the smallest. What maxUnavailable allows is left for the way there, and for the Deployments' own rolling
 * updates: at rest no pod is missing. Worked examples, both limits 25 % (surge rounded up):
 *
 * <pre>
 *   replicas  weight   totals   stable + canary   share
 *          3     25      3…4          3 + 1         25 %   (3 pods could only be 2 + 1: 33 %)
 *          4     25      4…5          3 + 1         25 %
 *          4     50      4…5          2 + 2         50 %
 *          8     25     8…10          6 + 2         25 %
 *          1     25      1…2          1 + 1         50 %   (neither side is left without a pod)
 *         10      1    10…13         12 + 1          8 %
 * </pre>
 */
public record Split(int stable, int canary) {

    private static final Amount DEFAULT = Amount.percent(25);

    /** How far the total may be from the replicas, in pods. */
    public record Limits(int replicas, int surge, int unavailable) {

        public static Limits of(int replicas, Optional<Amount> maxSurge, Optional<Amount> maxUnavailable) {
            int surge = pods(maxSurge.orElse(DEFAULT), replicas, true);
            int unavailable = Math.min(pods(maxUnavailable.orElse(DEFAULT), replicas, false), replicas);
            // As in Kubernetes: a rollout that may neither add nor take away a pod could never move.
            return new Limits(replicas, surge, surge == 0 && unavailable == 0 ? Math.min(1, replicas) : unavailable);
        }

        private static int pods(Amount amount, int replicas, boolean up) {
            if (!amount.percent()) {
                return amount.value();
            }
            long hundredths = (long) amount.value() * replicas;
            return (int) ((hundredths + (up ? 99 : 0)) / 100);
        }

        int most() {
            return replicas + surge;
        }

        int least() {
            return replicas - unavailable;
        }
    }

    public int total() {
        return stable + canary;
    }

    /** The canary's share in per cent, rounded; 0 where there are no pods at all. */
    public int share() {
        return total() == 0 ? 0 : Math.round(100f * canary / total());
    }

    /** The split for a weight in per cent, 0 to 100. */
    public static Split of(int weight, Limits limits) {
        if (limits.replicas() == 0 || weight == 0) {
            return new Split(limits.replicas(), 0);
        }
        if (weight == 100) {
            return new Split(0, limits.replicas());
        }
        Split best = null;
        for (int total = Math.max(Math.min(2, limits.most()), limits.replicas()); total <= limits.most(); total++) {
            var split = nearest(total, weight);
            if (best == null || isNearer(split, best, weight)) {
                best = split;
            }
        }
        return best == null ? new Split(limits.replicas(), 0) : best;
    }

    /** Neither side is left without a pod where there are two. */
    private static Split nearest(int total, int weight) {
        int canary = (int) ((2L * total * weight + 100) / 200);
        int atLeastOne = Math.min(Math.max(canary, 1), Math.max(total - 1, 0));
        return new Split(total - atLeastOne, atLeastOne);
    }

    private static boolean isNearer(Split split, Split best, int weight) {
        // Distances from the weight over a common denominator, so that equal ones are equal.
        long off = Math.abs(100L * split.canary - (long) weight * split.total()) * best.total();
        long bestOff = Math.abs(100L * best.canary - (long) weight * best.total()) * split.total();
        return off < bestOff;
    }

    /**
     * The same, where the stable pods are about to be replaced in place: they miss some of their own meanwhile, so that
     * beside the canary's they are as many as are wanted. What is missing of (2, 1), where 4 are wanted, is of (3, 1): none
     * of the 2 goes before another has come.
     */
    Split replaceable(Limits limits) {
        return new Split(Math.max(stable, limits.replicas() - canary), canary);
    }

    /**
     * The next stop on the way: as many new pods as there is room for; once no side has to grow any more, or there is no
     * room, as few of the others as may be. So (4, 0) comes to (2, 2), with one pod of surge and none unavailable, by
     * (4, 1), (3, 1), (3, 2). A wanted split that is itself beyond the limits widens them.
     */
    Split towards(Split wanted, Limits limits) {
        int most = Math.max(limits.most(), wanted.total());
        int least = Math.min(limits.least(), wanted.total());
        int room = Math.max(0, most - total());
        int moreCanary = Math.min(Math.max(0, wanted.canary - canary), room);
        int moreStable = Math.min(Math.max(0, wanted.stable - stable), room - moreCanary);
        if (moreCanary + moreStable > 0) {
            return new Split(stable + moreStable, canary + moreCanary);
        }
        int lessStable = Math.max(0, stable - wanted.stable);
        int lessCanary = Math.max(0, canary - wanted.canary);
        boolean isLast = wanted.stable <= stable && wanted.canary <= canary;
        if (isLast) {
            return wanted;
        }
        int spare = Math.max(1, total() - least);
        int fromStable = Math.min(lessStable, spare);
        return new Split(stable - fromStable, canary - Math.min(lessCanary, spare - fromStable));
    }
}
