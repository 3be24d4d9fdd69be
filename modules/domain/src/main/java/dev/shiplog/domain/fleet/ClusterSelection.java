package dev.shiplog.domain.fleet;

import java.util.List;

/** Some clusters of the fleet: those that are named (all, if none is) and match the selector. */
public record ClusterSelection(List<String> names, LabelSelector selector) {

    public static final ClusterSelection ALL = new ClusterSelection(List.of(), LabelSelector.ALL);

    public static ClusterSelection named(String... names) {
        return new ClusterSelection(List.of(names), LabelSelector.ALL);
    }

    public ClusterSelection {
        names = List.copyOf(names);
    }

    public boolean selects(Cluster cluster) {
        return (names.isEmpty() || names.contains(cluster.name())) && selector.matches(cluster.labels());
    }

    public boolean isAll() {
        return names.isEmpty() && selector.equals(LabelSelector.ALL);
    }
}
