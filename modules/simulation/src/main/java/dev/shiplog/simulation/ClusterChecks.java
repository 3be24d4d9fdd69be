package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.simulation.Violation.Promise;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/** That clusters are as the history says: what it calls done is done, and at rest nothing else is there. */
final class ClusterChecks {

    /** Longer than any message is under way. */
    private static final long RECENTLY_MILLIS = 120_000;

    private final World world;
    private final History history;
    private final BroughtBack broughtBack;
    private final RouteChecks routes;

    ClusterChecks(World world, History history, BroughtBack broughtBack, RouteChecks routes) {
        this.world = world;
        this.history = history;
        this.broughtBack = broughtBack;
        this.routes = routes;
    }

    /**
     * What the history calls done is done, unless it has been wiped or written anew since. The former pods are no part of it:
     * users have left them.
     */
    void done(Rollout rollout, Assignment assignment, int generation) {
        var serving = rollout.objects().stream().map(KubernetesObject::key).collect(Collectors.toSet());
        var cluster = world.cluster(assignment.cluster());
        if (cluster.wipedAtMillis() >= 0 && world.agenda().nowMillis() - cluster.wipedAtMillis() < RECENTLY_MILLIS) {
            return;
        }
        for (var object : cluster.of(assignment.application())) {
            var deployment = object.deployment;
            boolean isBack = broughtBack.contains(cluster, object.written.key());
            boolean isPart = serving.contains(object.written.key());
            if (deployment != null
                    && isPart
                    && !isBack
                    && object.generation() == generation
                    && !deployment.isComplete()) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY,
                        object.written.key() + " on " + cluster + " is done only in the history");
            }
        }
    }

    void settled(ApplicationName name, SimulatedCluster cluster) {
        var target = history.application(name).targets().get(cluster.name());
        var there = cluster.of(name).stream()
                .collect(Collectors.toMap(
                        object -> object.written.key(), object -> object, (a, b) -> a, LinkedHashMap::new));
        there.keySet().removeIf(key -> broughtBack.isUnasked(cluster, name, key));
        boolean hasCome = target == null
                || target.standing() instanceof Target.Standing.Completed
                || target.standing() instanceof Target.Standing.Aborted;
        if (hasCome && !routes.isWhole(cluster, name)) {
            throw new Violation(Promise.CLUSTERS_AS_HISTORY, SharedRoute.KEY + " on " + cluster + " is still divided");
        }
        if (target == null) {
            if (!there.isEmpty()) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY, cluster + " still has " + there.keySet() + " of " + name);
            }
            return;
        }
        if (!hasCome || cluster.wipedAtMillis() >= history.askedAtMillis(cluster, name)) {
            return;
        }
        for (var object : history.rollout(cluster, name).objects()) {
            var present = there.remove(object.key());
            if (present == null || !isAs(present.written, object)) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY,
                        object.key() + " on " + cluster + " is " + (present == null ? "missing" : "not as released"));
            }
            var deployment = present.deployment;
            if (deployment != null && !deployment.isComplete()) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY, object.key() + " on " + cluster + " is done only in the history");
            }
        }
        if (!there.isEmpty()) {
            throw new Violation(
                    Promise.CLUSTERS_AS_HISTORY, there.keySet() + " on " + cluster + " belongs to no release");
        }
    }

    /** Configuration that two releases share is marked as the one's or the other's. */
    private static boolean isAs(KubernetesObject written, KubernetesObject wanted) {
        return written.kind().equals("ConfigMap")
                ? written.json().at("data").equals(wanted.json().at("data"))
                : written.equals(wanted);
    }
}
