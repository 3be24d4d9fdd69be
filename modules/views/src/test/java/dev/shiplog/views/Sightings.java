package dev.shiplog.views;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.UserServices;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What clusters may show of {@code default/hello}. */
final class Sightings {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Trouble AWAY = new Trouble(Trouble.Kind.UNREACHABLE, "no answer from https://seoul:6443 in 10s");
    static final Trouble NO_IMAGE = new Trouble(Trouble.Kind.IMAGE_PULL, "hello:9 not found");

    private Sightings() {}

    /** Everything that a rollout has written, with every pod ready. */
    static Observation whole(Rollout rollout, String cluster, Instant at) {
        var mark = new Observation.Mark(rollout.generation(), rollout.position().leg());
        var deployments =
                rollout.objects().stream().filter(KubernetesObject::isWorkload).toList();
        var services = rollout.objects().stream()
                .filter(object -> object.kind().equals("Service"))
                .map(service -> service(service, deployments))
                .toList();
        return new Observation(
                rollout.assignment().orElseThrow().application(),
                cluster,
                at,
                deployments.stream().map(object -> deployment(object, mark)).toList(),
                services,
                Optional.empty(),
                List.of());
    }

    private static Observation.Workload deployment(KubernetesObject object, Observation.Mark mark) {
        var revision = object.json().object("metadata").object("annotations").text(Rendering.REVISION);
        return workload(object.name(), mark, Integer.parseInt(revision.orElseThrow()), pods(object));
    }

    private static int pods(KubernetesObject deployment) {
        return deployment.json().object("spec").number("replicas").orElse(1);
    }

    private static Observation.Service service(KubernetesObject service, List<KubernetesObject> deployments) {
        var selector = service.json().object("spec").object("selector");
        var ready = new TreeMap<String, Integer>();
        deployments.stream()
                .filter(deployment -> UserServices.selects(service, deployment))
                .forEach(deployment -> ready.put(deployment.name(), pods(deployment)));
        return new Observation.Service(
                service.name(),
                selector.members().keySet().stream()
                        .collect(Collectors.toMap(
                                key -> key, key -> selector.text(key).orElse(""))),
                ready);
    }

    /** All of its pods are ready. */
    static Observation.Workload workload(String name, Observation.Mark mark, int revision, int pods) {
        return workload(name, mark, revision, pods, pods);
    }

    static Observation.Workload workload(String name, Observation.Mark mark, int revision, int pods, int available) {
        return new Observation.Workload(
                name,
                mark,
                revision,
                1,
                1,
                pods,
                pods,
                pods,
                available,
                available,
                false,
                List.of(name.replaceFirst("-(canary|blue|green)$", "") + ":" + revision),
                Optional.empty(),
                Optional.empty());
    }

    static Observation pods(int generation, int desired, int current, int updated, int available) {
        return observation(generation, desired, current, updated, available, List.of());
    }

    static Observation observation(
            int generation, int desired, int current, int updated, int available, List<Trouble> troubles) {
        return new Observation(
                Story.name("default/hello"),
                "seoul",
                NOON,
                List.of(new Observation.Workload(
                        "hello",
                        new Observation.Mark(generation, 0),
                        1,
                        generation,
                        generation,
                        desired,
                        current,
                        updated,
                        available,
                        available,
                        false,
                        List.of("hello:1"),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                Optional.of("203.0.113.7"),
                troubles);
    }
}
