package dev.shiplog.localcluster.deployment;

/** A ReplicaSet is to have another size. */
public record Resize(ReplicaSet set, int from, int to) {

    public static Resize of(ReplicaSet set, int to) {
        return new Resize(set, set.wanted(), to);
    }

    public boolean isChange() {
        return from != to;
    }
}
