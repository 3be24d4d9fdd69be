package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Course;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.LayoutObjects;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rollout as its events have made it.
 *
 * @param assignment the newest; empty before the first
 * @param good the last that was completed here, to which an abort goes back
 * @param written every object that was or may have been written and is not known to be gone
 * @param kept the former pods, for as long as they stay after the end
 */
public record Rollout(
        Optional<Assignment> assignment,
        Optional<Assignment> good,
        Position position,
        Stage stage,
        Set<ObjectKey> written,
        Optional<RolloutEvent.Kept> kept) {

    public static final Rollout NONE = new Rollout(
            Optional.empty(), Optional.empty(), Position.NOWHERE, new Stage.Idle(), Set.of(), Optional.empty());

    /**
     * Where it stands. {@code Completed}, {@code Aborted}, {@code Failed} and {@code Removed} are final for their
     * generation.
     */
    public sealed interface Stage {
        record Idle() implements Stage {}

        record Applying(Optional<Trouble> hindrance) implements Stage {}

        /**
         * @param since when the last object was written
         * @param hindrance why that is not deleted which has no place in the layout
         */
        record Rolling(Instant since, Optional<Trouble> hindrance) implements Stage {}

        /** @param until empty: until somebody promotes it */
        record Holding(Instant since, Optional<Instant> until) implements Stage {}

        record Removing(Optional<Trouble> hindrance) implements Stage {}

        /** Done; leftovers are deleted before it is told, unless that is hindered. */
        record Completed(Optional<Trouble> hindrance) implements Stage {}

        /** The last good release is back; leftovers as after {@link Completed}. */
        record Aborted(Optional<Trouble> hindrance) implements Stage {}

        record Failed(Trouble trouble) implements Stage {}

        record Removed() implements Stage {}
    }

    public Rollout {
        written = Set.copyOf(written);
    }

    public int generation() {
        return assignment.map(Assignment::generation).orElse(0);
    }

    public int revision() {
        return assignment.map(Assignment::revision).orElse(0);
    }

    public Layout layout() {
        return position.layout();
    }

    /** What its objects are marked with. */
    public Observation.Mark mark() {
        return new Observation.Mark(generation(), position.leg());
    }

    /** What is on the cluster and belongs to it no longer. */
    public Set<ObjectKey> leftovers() {
        if (written.isEmpty()) {
            return Set.of();
        }
        var rest = new LinkedHashSet<>(written);
        assignment
                .filter(present -> !present.removing())
                .ifPresent(present -> removeAll(rest, objects(present).keys(layout())));
        kept.ifPresent(still -> rest.removeAll(still.objects()));
        return rest;
    }

    private static void removeAll(Set<ObjectKey> rest, Set<ObjectKey> meant) {
        rest.removeAll(meant);
        rest.removeIf(key -> meant.stream().anyMatch(key::isSameObject));
    }

    /** The objects that make the present layout, marked with the generation and the leg. */
    public List<KubernetesObject> objects() {
        return assignment
                .map(present ->
                        objects(present).of(layout()).stream().map(this::marked).toList())
                .orElse(List.of());
    }

    private KubernetesObject marked(KubernetesObject object) {
        var annotations = new LinkedHashMap<String, String>();
        annotations.put(Rendering.GENERATION, Integer.toString(generation()));
        if (position.leg() > 0) {
            annotations.put(Rendering.LEG, Integer.toString(position.leg()));
        }
        return object.withAnnotations(annotations);
    }

    LayoutObjects objects(Assignment present) {
        return new LayoutObjects(
                present.application().name(),
                good.map(Assignment::objects).orElse(List.of()),
                present.objects(),
                present.strategy(),
                present.paused());
    }

    Course course(Assignment present) {
        return new Course(
                present.strategy(),
                replicas(present),
                good.isPresent(),
                objects(present).sameTemplate(),
                !leftovers().isEmpty(),
                isSeen(),
                objects(present).selectors(),
                present.directions());
    }

    /** Whether all pods of the present layout have been there. */
    boolean isSeen() {
        return stage instanceof Stage.Holding || stage instanceof Stage.Completed || stage instanceof Stage.Aborted;
    }

    /** A share, or a second colour, is of a number: where the release leaves it open, of the one there was. */
    Optional<Integer> replicas(Assignment present) {
        var said = declared(present);
        return switch (present.strategy()) {
            case Strategy.Rolling ignored -> said;
            case Strategy.Recreate ignored -> said;
            case Strategy.Canary ignored ->
                said.or(() -> good.flatMap(Rollout::declared)).or(() -> Optional.of(1));
            case Strategy.BlueGreen ignored ->
                said.or(() -> good.flatMap(Rollout::declared)).or(() -> Optional.of(1));
        };
    }

    private static Optional<Integer> declared(Assignment assignment) {
        return Rendering.mainWorkload(assignment.application().name(), assignment.objects())
                .flatMap(workload -> workload.json().object("spec").number("replicas"));
    }

    Rollout at(Stage next) {
        return new Rollout(assignment, good, position, next, written, kept);
    }

    Rollout at(Position next) {
        return new Rollout(assignment, good, next, stage, written, kept);
    }

    Rollout withWritten(Set<ObjectKey> keys) {
        return new Rollout(assignment, good, position, stage, keys, kept);
    }

    Rollout keeping(Optional<RolloutEvent.Kept> still) {
        return new Rollout(assignment, good, position, stage, written, still);
    }

    Rollout assigned(Assignment present) {
        return new Rollout(Optional.of(present), good, position, stage, written, kept);
    }

    Rollout withGood(Optional<Assignment> last) {
        return new Rollout(assignment, last, position, stage, written, kept);
    }
}
