package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.release.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects that were created by a request that was late, so that it didn't know the latest events: a fence is an annotation,
 * and what has been deleted carries none. This is a limit of Shiplog, named in the README.
 */
final class BroughtBack {

    private final History history;
    private final Set<String> places = new HashSet<>();

    /** Written over since, and what was mounted there until then: those pods are there until they are replaced. */
    private final Map<String, Set<String>> remains = new HashMap<>();

    BroughtBack(History history) {
        this.history = history;
    }

    /**
     * @param isLate whether it was created by a writer that didn't know better
     * @param before what was written over
     */
    void written(SimulatedCluster cluster, ObjectKey key, boolean isLate, Optional<SimulatedObject> before) {
        var place = place(cluster, key);
        boolean wasBack = places.remove(place);
        if (isLate) {
            places.add(place);
        }
        if (before.isEmpty()) {
            remains.remove(place);
        } else if (wasBack && !isLate) {
            before.map(object -> object.deployment)
                    .map(SimulatedDeployment::mounted)
                    .ifPresent(mounted -> remains.put(place, mounted));
        }
    }

    /** All pods are of what was written last. */
    void replaced(SimulatedCluster cluster, ObjectKey key) {
        remains.remove(place(cluster, key));
    }

    /** The configuration that somebody has asked for pods with. */
    Set<String> mounted(SimulatedCluster cluster, SimulatedObject object) {
        var place = place(cluster, object.written.key());
        if (object.deployment == null || places.contains(place)) {
            return Set.of();
        }
        var mounted = object.deployment.mounted();
        mounted.removeAll(remains.getOrDefault(place, Set.of()));
        mounted.addAll(object.deployment.mounts());
        return mounted;
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
