package dev.shiplog.localcluster.deployment;

import java.util.List;

/** Everything old goes, to the last pod; then everything new comes. */
public final class Recreate {
    private Recreate() {}

    public static List<Resize> stop(List<ReplicaSet> old) {
        return ReplicaSet.active(old).stream().map(set -> Resize.of(set, 0)).toList();
    }

    public static Resize start(Bounds bounds, ReplicaSet fresh) {
        return Resize.of(fresh, bounds.wanted());
    }
}
