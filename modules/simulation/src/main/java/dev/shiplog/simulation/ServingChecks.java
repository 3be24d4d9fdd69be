package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.simulation.Violation.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** That users are served: nothing goes that is needed, and behind each Service there are as many ready pods as promised. */
final class ServingChecks {

    private final World world;
    private final History history;
    private final BroughtBack broughtBack;
    private final RouteChecks routes;
    private final Floors floors = new Floors();

    /** Ready pods by Service, as they were last. */
    private final Map<String, Integer> served = new HashMap<>();

    /** Services that users come by. */
    private final Set<String> used = new HashSet<>();

    ServingChecks(World world, History history, BroughtBack broughtBack, RouteChecks routes) {
        this.world = world;
        this.history = history;
        this.broughtBack = broughtBack;
        this.routes = routes;
    }

    void assigned(Rollout rollout, Assignment assignment) {
        floors.assigned(
                assignment.cluster() + " " + assignment.application(),
                assignment,
                pods(rollout),
                world.agenda().nowMillis());
        // Nobody is promised a Service that the release has no more.
        var names = assignment.objects().stream().map(KubernetesObject::name).toList();
        var places = assignment.cluster() + " " + assignment.application() + " ";
        used.removeIf(place -> place.startsWith(places) && !names.contains(place.substring(places.length())));
    }

    void completed(Assignment assignment) {
        floors.completed(assignment.cluster() + " " + assignment.application());
    }

    private static int pods(Rollout rollout) {
        return rollout.assignment()
                .flatMap(assignment ->
                        Rendering.mainWorkload(assignment.application().name(), assignment.objects()))
                .flatMap(workload -> workload.json().object("spec").number("replicas"))
                .orElse(0);
    }

    void deleted(SimulatedCluster cluster, ObjectKey key, SimulatedObject present) {
        var name = ApplicationName.parse(present.application());
        var target = history.application(name).targets().get(cluster.name());
        if (target == null || target.removing()) {
            return;
        }
        boolean wanted = present.generation() == target.generation() && history.wants(cluster, name, key);
        boolean mounted = cluster.of(name).stream()
                .filter(object -> !broughtBack.contains(cluster, object.written.key()))
                .map(object -> object.deployment)
                .anyMatch(
                        deployment -> deployment != null && deployment.mounted().contains(key.name()));
        if (wanted || mounted) {
            throw new Violation(Promise.SERVING, key + " was deleted from " + cluster + " though pods need it");
        }
    }

    void synced(SimulatedCluster cluster, SimulatedObject object, int readyBefore, SimulatedDeployment deployment) {
        if (deployment.hasShared()) {
            served.keySet().removeIf(place -> place.startsWith(cluster + " " + object.application() + " "));
            routes.forget(cluster, ApplicationName.parse(object.application()));
        } else if (deployment.ready() < Math.min(readyBefore, deployment.floor())) {
            throw new Violation(
                    Promise.SERVING,
                    object.written.key() + " on " + cluster + " fell to " + deployment.ready() + " ready pods");
        }
    }

    /** At every moment the Services have as many ready pods as the strategy promises, once they have had them. */
    void serves(SimulatedCluster cluster, ApplicationName name) {
        int floor = floors.of(cluster + " " + name, world.agenda().nowMillis());
        var counted = new HashMap<String, Integer>();
        var ready = new HashMap<String, Integer>();
        var unasked = broughtBack.unaskedWorkloads(cluster, name);
        var seen = cluster.observe(name);
        for (var service : seen.services()) {
            int now = service.ready().entrySet().stream()
                    .filter(backend -> !unasked.contains(backend.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            if (RouteChecks.isOfOneSide(name, service.name())) {
                ready.put(service.name(), staying(service, seen));
                continue;
            }
            if (!isInUse(cluster, name, service)) {
                continue;
            }
            ready.put(service.name(), now);
            var place = cluster + " " + name + " " + service.name();
            int before = served.getOrDefault(place, 0);
            if (now < Math.min(before, floor)) {
                throw new Violation(
                        Promise.SERVING,
                        "Service " + service.name() + " on " + cluster + " fell from " + before + " to " + now
                                + " ready pods, " + floor + " are promised; " + service);
            }
            counted.put(place, now);
        }
        served.keySet().removeIf(place -> place.startsWith(cluster + " " + name + " "));
        served.putAll(counted);
        routes.serves(cluster, name, history.rollout(cluster, name).objects(), floor, ready);
    }

    /** Ready pods of one side; those that are to go are as good as gone. */
    private static int staying(Observation.Service service, Observation seen) {
        return seen.workloads().stream()
                .mapToInt(
                        workload -> Math.min(workload.desired(), service.ready().getOrDefault(workload.name(), 0)))
                .sum();
    }

    /** Whether the Service is one that users come by: of the release, and once as the release wants it. */
    private boolean isInUse(SimulatedCluster cluster, ApplicationName name, Observation.Service service) {
        var rollout = history.rollout(cluster, name);
        var wanted = named(rollout.objects(), service).findFirst();
        var place = cluster + " " + name + " " + service.name();
        if (wanted.isEmpty() || isOnTrial(rollout, service)) {
            used.remove(place);
        } else if (SimulatedCluster.selector(wanted.get()).equals(service.selector())) {
            used.add(place);
        }
        return used.contains(place) && !service.selector().isEmpty();
    }

    /** Whether only the release that is tried has it: its canary may be all that is behind it, and goes again. */
    private static boolean isOnTrial(Rollout rollout, Observation.Service service) {
        return rollout.layout().shared() == Content.GOOD
                && named(rollout.good().map(Assignment::objects).orElse(List.of()), service)
                        .findAny()
                        .isEmpty();
    }

    private static Stream<KubernetesObject> named(List<KubernetesObject> objects, Observation.Service service) {
        return objects.stream()
                .filter(object ->
                        object.kind().equals("Service") && object.name().equals(service.name()));
    }

    void wiped(SimulatedCluster cluster) {
        served.keySet().removeIf(place -> place.startsWith(cluster + " "));
        used.removeIf(place -> place.startsWith(cluster + " "));
    }
}
