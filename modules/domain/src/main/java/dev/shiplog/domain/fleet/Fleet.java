package dev.shiplog.domain.fleet;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** All clusters we know, by name. */
public record Fleet(SequencedMap<String, Cluster> clusters) {

    public static final Fleet NONE = of(List.of());

    public static Fleet of(Collection<Cluster> clusters) {
        var byName = new TreeMap<String, Cluster>();
        clusters.forEach(cluster -> byName.put(cluster.name(), cluster));
        return new Fleet(byName);
    }

    public Fleet {
        clusters = java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(clusters));
    }

    public Optional<Cluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    /** The names of all clusters that the selection chooses, in order. */
    public List<String> select(ClusterSelection selection) {
        return clusters.values().stream()
                .filter(selection::selects)
                .map(Cluster::name)
                .toList();
    }
}
