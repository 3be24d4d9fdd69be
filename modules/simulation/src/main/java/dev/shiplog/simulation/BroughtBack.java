package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.release.ObjectKey;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects that were created by a request that was late, so that it didn't know the latest events: a fence is an annotation,
 * and what has been deleted carries none. This is a limit of Shiplog, named in the README.
 */
final class BroughtBack {

    private final History history;
    private final Set<String> places = new HashSet<>();

    BroughtBack(History history) {
        this.history = history;
    }

    /** @param isLate whether it was created by a writer that didn't know better */
    void written(SimulatedCluster cluster, ObjectKey key, boolean isLate) {
        if (isLate) {
            places.add(place(cluster, key));
        } else {
            places.remove(place(cluster, key));
        }
    }

    boolean contains(SimulatedCluster cluster, ObjectKey key) {
        return places.contains(place(cluster, key));
    }

    /** Whether nobody wants it. */
    boolean isUnasked(SimulatedCluster cluster, ApplicationName name, ObjectKey key) {
        return contains(cluster, key) && !history.wants(cluster, name, key);
    }

    /** The Deployments that nobody wants: nobody was promised their pods. */
    Set<String> unaskedWorkloads(SimulatedCluster cluster, ApplicationName name) {
        return places.isEmpty()
                ? Set.of()
                : cluster.of(name).stream()
                        .filter(object -> object.deployment != null)
                        .map(object -> object.written.key())
                        .filter(key -> isUnasked(cluster, name, key))
                        .map(ObjectKey::name)
                        .collect(Collectors.toSet());
    }

    private static String place(SimulatedCluster cluster, ObjectKey key) {
        return cluster + " " + key;
    }
}
