package dev.shiplog.localcluster.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The next step of a rolling update. The new grows as far as surge allows; only when it can't grow do the old shrink,
 * first by what is unhealthy anyway, then by what availability allows.
 *
 * <p>Worked example: 10 wanted, surge 3, unavailable 2. The new is created at 3 (13 in all); none of it is available
 * yet, so the old may fall to 8 (10 - 2); that makes room for the new to grow to 5. From here on each pod that becomes
 * available lets an old one go, and each that goes lets a new one come.
 */
public final class Rolling {
    static final Comparator<ReplicaSet> OLDEST_FIRST =
            Comparator.comparing(ReplicaSet::created).thenComparing(ReplicaSet::name);

    private Rolling() {}

    /** The resizes to make now, in order; empty if the rollout has to wait, or is done. */
    public static List<Resize> next(Bounds bounds, ReplicaSet fresh, List<ReplicaSet> old) {
        Resize grown = grow(bounds, fresh, old);
        return grown.isChange() ? List.of(grown) : shrink(bounds, fresh, old);
    }

    /** With which size a new ReplicaSet is created, or grows to. */
    public static int newSize(Bounds bounds, int size, int total) {
        if (total >= bounds.most()) {
            return size;
        }
        return size + Math.min(bounds.most() - total, bounds.wanted() - size);
    }

    static Resize grow(Bounds bounds, ReplicaSet fresh, List<ReplicaSet> old) {
        if (fresh.wanted() >= bounds.wanted()) {
            return Resize.of(fresh, bounds.wanted());
        }
        int total = fresh.wanted() + ReplicaSet.sum(old, ReplicaSet::wanted);
        return Resize.of(fresh, newSize(bounds, fresh.wanted(), total));
    }

    static List<Resize> shrink(Bounds bounds, ReplicaSet fresh, List<ReplicaSet> old) {
        List<ReplicaSet> active =
                ReplicaSet.active(old).stream().sorted(OLDEST_FIRST).toList();
        int total = fresh.wanted() + ReplicaSet.sum(active, ReplicaSet::wanted);
        int newUnavailable = fresh.wanted() - fresh.available();
        int mayGo = total - bounds.fewest() - newUnavailable;
        if (active.isEmpty() || mayGo <= 0) {
            return List.of();
        }
        List<Resize> resizes = new ArrayList<>();
        Map<String, Integer> sizes = new HashMap<>();
        active.forEach(set -> sizes.put(set.name(), set.wanted()));
        dropUnhealthy(active, mayGo, sizes, resizes);
        int available = fresh.available() + ReplicaSet.sum(active, ReplicaSet::available);
        dropAvailable(active, available - bounds.fewest(), sizes, resizes);
        return resizes;
    }

    private static void dropUnhealthy(
            List<ReplicaSet> active, int mayGo, Map<String, Integer> sizes, List<Resize> resizes) {
        int left = mayGo;
        for (ReplicaSet set : active) {
            left -= drop(set, Math.min(left, set.wanted() - set.available()), sizes, resizes);
        }
    }

    private static void dropAvailable(
            List<ReplicaSet> active, int mayGo, Map<String, Integer> sizes, List<Resize> resizes) {
        int left = mayGo;
        for (ReplicaSet set : active) {
            left -= drop(set, Math.min(left, sizes.getOrDefault(set.name(), 0)), sizes, resizes);
        }
    }

    private static int drop(ReplicaSet set, int count, Map<String, Integer> sizes, List<Resize> resizes) {
        if (count <= 0) {
            return 0;
        }
        int from = sizes.getOrDefault(set.name(), 0);
        sizes.put(set.name(), from - count);
        resizes.add(new Resize(set, from, from - count));
        return count;
    }
}
