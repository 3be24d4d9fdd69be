package dev.shiplog.localcluster.deployment;

import static dev.shiplog.localcluster.deployment.Revisions.DESIRED_REPLICAS;
import static dev.shiplog.localcluster.deployment.Revisions.MAX_REPLICAS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a change of spec.replicas does to the ReplicaSets. One that is alone takes it all; in the middle of a rollout
 * each takes its share, so that a paused or stuck rollout keeps its mixture.
 *
 * <p>Worked example: 10 wanted, surge 3, stopped at old 7 and new 6 (13 in all, which both carry as max-replicas).
 * Scaled to 30 with surge 8 there may be 38: old becomes round(7 x 38 / 13) = 20 and new round(6 x 38 / 13) = 18.
 */
public final class Scaling {
    private static final Comparator<ReplicaSet> LARGEST_FIRST =
            Comparator.comparingInt(ReplicaSet::wanted).reversed();

    private Scaling() {}

    /** Whether the ReplicaSets still carry another number than the Deployment asks for. */
    public static boolean isDue(int wanted, List<ReplicaSet> all) {
        return all.stream()
                .filter(ReplicaSet::isActive)
                .anyMatch(set -> set.annotatedNumber(DESIRED_REPLICAS, wanted) != wanted);
    }

    /**
     * The resizes to make; one without a change of size is there to bring the annotations up to date.
     *
     * @param actual status.replicas, the base of the shares when a ReplicaSet has no annotation
     */
    public static List<Resize> next(
            Bounds bounds, boolean rolling, @Nullable ReplicaSet fresh, List<ReplicaSet> old, int actual) {
        List<ReplicaSet> all = with(old, fresh);
        List<ReplicaSet> active = ReplicaSet.active(all);
        ReplicaSet alone = alone(fresh, old, active);
        if (alone != null) {
            return alone.wanted() == bounds.wanted() ? List.of() : List.of(Resize.of(alone, bounds.wanted()));
        }
        if (fresh != null && isSaturated(bounds, fresh)) {
            return Recreate.stop(old);
        }
        return rolling ? proportional(bounds, active, actual) : List.of();
    }

    /** The only active one, or the newest if none is; null in the middle of a rollout, or if there is none at all. */
    private static @Nullable ReplicaSet alone(
            @Nullable ReplicaSet fresh, List<ReplicaSet> old, List<ReplicaSet> active) {
        if (active.size() == 1) {
            return active.get(0);
        }
        if (!active.isEmpty()) {
            return null;
        }
        return fresh != null ? fresh : old.stream().max(Rolling.OLDEST_FIRST).orElse(null);
    }

    private static boolean isSaturated(Bounds bounds, ReplicaSet fresh) {
        return fresh.wanted() == bounds.wanted()
                && fresh.annotatedNumber(DESIRED_REPLICAS, -1) == bounds.wanted()
                && fresh.available() == bounds.wanted();
    }

    private static List<Resize> proportional(Bounds bounds, List<ReplicaSet> active, int actual) {
        int total = ReplicaSet.sum(active, ReplicaSet::wanted);
        int toAdd = (bounds.wanted() > 0 ? bounds.most() : 0) - total;
        List<ReplicaSet> ordered = new ArrayList<>(active);
        if (toAdd > 0) {
            ordered.sort(LARGEST_FIRST.thenComparing(Collections.reverseOrder(Rolling.OLDEST_FIRST)));
        } else if (toAdd < 0) {
            ordered.sort(LARGEST_FIRST.thenComparing(Rolling.OLDEST_FIRST));
        }
        List<Resize> resizes = new ArrayList<>();
        int added = 0;
        for (ReplicaSet set : ordered) {
            int share = share(bounds, set, toAdd, added, actual);
            added += share;
            resizes.add(Resize.of(set, set.wanted() + share));
        }
        if (toAdd != added && !resizes.isEmpty()) {
            Resize largest = resizes.get(0);
            resizes.set(0, Resize.of(largest.set(), Math.max(0, largest.to() + toAdd - added)));
        }
        return resizes;
    }

    private static int share(Bounds bounds, ReplicaSet set, int toAdd, int added, int actual) {
        if (toAdd == 0 || toAdd == added) {
            return 0;
        }
        int fraction = fraction(bounds, set, actual);
        return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
    }

    private static int fraction(Bounds bounds, ReplicaSet set, int actual) {
        if (bounds.wanted() == 0) {
            return -set.wanted();
        }
        int annotated = set.annotatedNumber(MAX_REPLICAS, 0);
        int before = annotated == 0 ? actual : annotated;
        return before == 0 ? 0 : (int) Math.round((double) set.wanted() * bounds.most() / before) - set.wanted();
    }

    private static List<ReplicaSet> with(List<ReplicaSet> old, @Nullable ReplicaSet fresh) {
        List<ReplicaSet> all = new ArrayList<>(old);
        if (fresh != null) {
            all.add(fresh);
        }
        return all;
    }
}
