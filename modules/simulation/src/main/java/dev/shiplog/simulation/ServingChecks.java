package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
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
    private final InForce inForce = new InForce();
    private final Floors floors = new Floors(inForce);
    private final Ceilings ceilings = new Ceilings(inForce);

    /** All pods by application, as they were last. */
    private final Map<String, Integer> pods = new HashMap<>();

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
        var place = assignment.cluster() + " " + assignment.application();
        var main = assignment.application().name();
        boolean isOneOfSeveral = world.cluster(assignment.cluster()).of(assignment.application()).stream()
                .anyMatch(object ->
                        object.deployment != null && !object.written.name().equals(main));
        boolean hasFormer = rollout.layout().sides().entrySet().stream()
                .anyMatch(side -> side.getKey() != Role.PLAIN && side.getValue().content() != Content.NEW);
        int toStay = rollout.layout().sides().values().stream()
                .filter(side -> side.content() != Content.NEW)
                .mapToInt(Side::pods)
                .sum();
        int before = Math.max(toStay, pods.getOrDefault(place, 0));
        inForce.assigned(place, assignment, rollout.good(), before, isOneOfSeveral, hasFormer);
        floors.assigned(place, assignment);
        // Nobody is promised a Service that the release has no more.
        var names = assignment.objects().stream().map(KubernetesObject::name).toList();
        used.removeIf(
                service -> service.startsWith(place + " ") && !names.contains(service.substring(place.length() + 1)));
    }

    void applied(Assignment assignment) {
        inForce.applied(
                assignment.cluster() + " " + assignment.application(),
                world.agenda().nowMillis());
    }

    void completed(Assignment assignment) {
        floors.completed(assignment.cluster() + " " + assignment.application());
    }

    void deleted(SimulatedCluster cluster, ObjectKey key, SimulatedObject present) {
        var name = ApplicationName.parse(present.application());
        var target = history.application(name).targets().get(cluster.name());
        if (target == null || target.removing()) {
            return;
        }
        boolean wanted = present.generation() == target.generation() && history.wants(cluster, name, key);
        boolean mounted = cluster.of(name).stream()
                .anyMatch(object -> broughtBack.mounted(cluster, object).contains(key.name()));
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
        staysBelowCeiling(cluster, name);
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
        routes.serves(
                cluster,
                name,
                history.objects(cluster, name),
                floor,
                ready,
                service -> hasMeant(cluster, name, seen, service));
    }

    /** There are never more pods than the strategies allow, in all Deployments together that anybody has asked for. */
    private void staysBelowCeiling(SimulatedCluster cluster, ApplicationName name) {
        var place = cluster + " " + name;
        var deployments = cluster.of(name);
        int now = pods(deployments, Set.of());
        int before = pods.getOrDefault(place, 0);
        if (now > before) {
            int asked = pods(deployments, broughtBack.unaskedWorkloads(cluster, name));
            int ceiling = ceilings.of(place, world.agenda().nowMillis());
            if (asked > ceiling) {
                throw new Violation(
                        Promise.SERVING,
                        name + " on " + cluster + " rose from " + before + " to " + now + " pods, " + ceiling
                                + " are allowed");
            }
        }
        pods.put(place, now);
    }

    private static int pods(List<SimulatedObject> objects, Set<String> without) {
        return objects.stream()
                .filter(object -> !without.contains(object.written.name()))
                .mapToInt(SimulatedObject::pods)
                .sum();
    }

    /** Whether pods are ready that the release has a place for: what is left of another may answer too, and is promised to nobody. */
    private boolean hasMeant(SimulatedCluster cluster, ApplicationName name, Observation seen, String service) {
        var ready = seen.services().stream()
                .filter(other -> other.name().equals(service))
                .flatMap(other -> other.ready().keySet().stream())
                .toList();
        return cluster.of(name).stream()
                .anyMatch(object -> ready.contains(object.written.name())
                        && object.deployment != null
                        && history.wants(cluster, name, object.written.key()));
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
        var wanted = named(history.objects(cluster, name), service).findFirst();
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
        pods.keySet().removeIf(place -> place.startsWith(cluster + " "));
    }
}
