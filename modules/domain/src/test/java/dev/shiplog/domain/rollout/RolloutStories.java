package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.FLEET;
import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.SEOUL;
import static dev.shiplog.domain.Samples.hello;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.domain.rollout.RolloutCommand.Assign;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmApplied;
import dev.shiplog.domain.rollout.RolloutCommand.MeetTrouble;
import dev.shiplog.domain.rollout.RolloutCommand.Observe;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Assignments and observations of {@code hello} in Seoul. */
final class RolloutStories {

    static final Trouble UNREACHABLE = new Trouble(Trouble.Kind.UNREACHABLE, "connection refused");
    static final Trouble INVALID = new Trouble(Trouble.Kind.INVALID, "spec.replica: field not declared in schema");

    private RolloutStories() {}

    static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> rollout() {
        return Story.of(new RolloutDecider(), FLEET).byShiplog();
    }

    /** Generation 1 is written, its pods are coming. */
    static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> rolling() {
        return rollout().after(assign(1), applied(1));
    }

    static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> completed() {
        return rolling().after(observe(1, healthy(1)));
    }

    static Assignment assignment(int generation, ReleaseSpec spec) {
        return assignment(generation, generation, spec, Directions.NONE);
    }

    static Assignment assignment(int generation, int revision, ReleaseSpec spec, Directions directions) {
        return new Assignment(
                HELLO,
                "gke-seoul",
                generation,
                revision,
                objects(generation, revision, spec),
                spec.strategy(),
                directions,
                false,
                false,
                spec.forceConflicts(),
                "");
    }

    private static List<KubernetesObject> objects(int generation, int revision, ReleaseSpec spec) {
        var release = new Release(revision, spec, List.of("gke-seoul"), "apply", new Release.Origin.Applied());
        return Rendering.render(HELLO, release, SEOUL, Optional.empty(), false, generation);
    }

    static Assign assign(int generation) {
        return assign(generation, hello("hello:1.0.0"));
    }

    static Assign assign(int generation, ReleaseSpec spec) {
        return new Assign(assignment(generation, spec));
    }

    static Assign assignRemoval(int generation) {
        return new Assign(new Assignment(
                HELLO,
                "gke-seoul",
                generation,
                1,
                List.of(),
                Strategy.AS_WRITTEN,
                Directions.NONE,
                false,
                true,
                false,
                ""));
    }

    /** The event of an assignment that is rolled over in place. */
    static RolloutEvent.Assigned assigned(Assignment assignment) {
        return RolloutEvent.Assigned.inPlace(assignment);
    }

    static RolloutTask.Apply apply(Assignment assignment) {
        return new RolloutTask.Apply(assignment, 0, assignment.objects(), Strategy.CapacityCheck.OFF);
    }

    static ConfirmApplied applied(int generation) {
        return applied(generation, 0);
    }

    static ConfirmApplied applied(int generation, int leg) {
        return new ConfirmApplied(generation, leg);
    }

    static MeetTrouble trouble(int generation, Trouble trouble) {
        return new MeetTrouble(generation, trouble);
    }

    static Observe observe(int generation, Workload... workloads) {
        return observe(Story.BEGINNING.plusSeconds(86_400), generation, workloads);
    }

    static Observe observe(Instant at, int generation, Workload... workloads) {
        var marked = java.util.Arrays.stream(workloads)
                .map(workload -> marked(workload, generation, 0))
                .toList();
        return new Observe(new Observation(HELLO, "gke-seoul", at, marked, List.of(), Optional.empty(), List.of()));
    }

    static Workload healthy(long generation) {
        return workload(generation, generation, 3, 3, 3, 3);
    }

    static Workload workload(long generation, long observed, int desired, int current, int updated, int available) {
        return new Workload(
                "hello",
                new Mark(0, 0),
                0,
                generation,
                observed,
                desired,
                current,
                updated,
                available,
                available,
                false,
                List.of("hello:1.0.0"),
                Optional.empty(),
                Optional.empty());
    }

    static Workload named(String name, Workload like) {
        return like(name, like.mark(), like);
    }

    static Workload marked(Workload workload, int generation, int leg) {
        return like(workload.name(), new Mark(generation, leg), workload);
    }

    static Workload paused(Workload workload) {
        return like(workload.name(), workload.mark(), workload, true);
    }

    private static Workload like(String name, Mark mark, Workload like) {
        return like(name, mark, like, like.paused());
    }

    private static Workload like(String name, Mark mark, Workload like, boolean paused) {
        return new Workload(
                name,
                mark,
                mark.generation(),
                like.generation(),
                like.observedGeneration(),
                like.desired(),
                like.current(),
                like.updated(),
                like.ready(),
                like.available(),
                paused,
                like.images(),
                like.deadlineExceeded(),
                like.replicaFailure());
    }

    /** Past its deadline, with one new pod that never became ready. */
    static Workload stuck(String name, boolean paused, Optional<String> replicaFailure) {
        return new Workload(
                name,
                new Mark(0, 0),
                0,
                2,
                2,
                3,
                4,
                1,
                3,
                3,
                paused,
                List.of("hello:9.9.9"),
                Optional.of("ReplicaSet \"" + name + "-1\" has timed out progressing."),
                replicaFailure);
    }
}
