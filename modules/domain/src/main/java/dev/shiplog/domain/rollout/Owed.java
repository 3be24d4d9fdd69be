package dev.shiplog.domain.rollout;

import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rollout is owed, stage by stage. */
final class Owed {

    private Owed() {}

    static List<RolloutTask> of(Rollout rollout) {
        return rollout.assignment().map(assignment -> of(rollout, assignment)).orElse(List.of());
    }

    private static List<RolloutTask> of(Rollout rollout, Assignment assignment) {
        var tasks = new ArrayList<RolloutTask>();
        switch (rollout.stage()) {
            case Rollout.Stage.Idle ignored -> {}
            case Rollout.Stage.Applying ignored ->
                tasks.add(new RolloutTask.Apply(
                        assignment,
                        rollout.position().leg(),
                        rollout.objects(),
                        capacity(rollout, assignment),
                        later(rollout, assignment),
                        rollout.objects(assignment).routes(rollout.layout(), rollout.written()),
                        needed(rollout, assignment)));
            case Rollout.Stage.Rolling ignored -> {
                boolean isClear =
                        !rollout.position().clearing() || rollout.leftovers().isEmpty();
                tasks.add(isClear ? watch(rollout, assignment) : delete(rollout, assignment));
            }
            case Rollout.Stage.Holding holding -> {
                tasks.add(watch(rollout, assignment));
                tasks.add(tell(
                        assignment,
                        new Result.Held(rollout.position().step(), holding.until(), preview(rollout.layout()))));
                holding.until().map(RolloutTask.Await::new).ifPresent(tasks::add);
            }
            case Rollout.Stage.Removing ignored -> tasks.add(delete(rollout, assignment));
            case Rollout.Stage.Completed completed ->
                ended(
                        tasks,
                        rollout,
                        assignment,
                        completed.hindrance().isPresent(),
                        new Result.Completed(
                                rollout.layout().serving().filter(Role::isColour),
                                rollout.kept().map(RolloutEvent.Kept::until),
                                !rollout.leftovers().isEmpty()));
            case Rollout.Stage.Aborted aborted ->
                ended(
                        tasks,
                        rollout,
                        assignment,
                        aborted.hindrance().isPresent(),
                        new Result.Aborted(!rollout.leftovers().isEmpty()));
            case Rollout.Stage.Failed failed -> tasks.add(tell(assignment, new Result.Failed(failed.trouble())));
            case Rollout.Stage.Removed ignored -> tasks.add(tell(assignment, new Result.Removed()));
        }
        return List.copyOf(tasks);
    }

    private static void ended(
            List<RolloutTask> tasks, Rollout rollout, Assignment assignment, boolean isHindered, Result result) {
        boolean isClean = rollout.leftovers().isEmpty();
        if (!isClean) {
            tasks.add(delete(rollout, assignment));
        }
        if (isClean || isHindered) {
            tasks.add(tell(assignment, result));
        }
        rollout.kept().map(kept -> new RolloutTask.Await(kept.until())).ifPresent(tasks::add);
    }

    /** The colour that users don't see yet. */
    private static Optional<Role> preview(Layout layout) {
        return layout.serving().filter(Role::isColour).map(Role::otherColour).filter(layout::has);
    }

    /**
     * What a canary of this release would need, though it has none here: the first release is told of it, not the next one,
     * in the middle of the night. Who is in a hurry (an undo, a restart) or changes what runs (a scale) divides nothing,
     * and is kept from it by nothing.
     */
    private static List<RouteShare> needed(Rollout rollout, Assignment assignment) {
        var directions = assignment.directions();
        boolean isNew = rollout.good()
                .filter(good -> good.revision() == assignment.revision())
                .isEmpty();
        boolean isBeginning = rollout.position().leg() == 0;
        return isNew && isBeginning && !directions.aborting() && !directions.straight()
                ? rollout.objects(assignment).neededRoute().stream().toList()
                : List.of();
    }

    /** Only a second set of pods beside the first needs room that was not needed before. */
    private static Strategy.CapacityCheck capacity(Rollout rollout, Assignment assignment) {
        return assignment.strategy() instanceof Strategy.BlueGreen blueGreen
                        && rollout.layout().sides().size() > 1
                        && !assignment.directions().aborting()
                ? blueGreen.capacityCheck()
                : Strategy.CapacityCheck.OFF;
    }

    /** What there has to be room for before anything is made, so that nothing is made or moved for nothing. */
    private static List<KubernetesObject> later(Rollout rollout, Assignment assignment) {
        if (capacity(rollout, assignment) == Strategy.CapacityCheck.OFF) {
            return List.of();
        }
        var objects = rollout.objects(assignment);
        return whole(rollout, assignment).entrySet().stream()
                .flatMap(side -> objects.pods(side.getKey(), side.getValue()).stream())
                .toList();
    }

    /**
     * A plain Deployment makes room for green when it has been copied to blue. A small preview is made whole, beside all
     * of the other colour, when it is promoted.
     */
    private static SortedMap<Role, Side> whole(Rollout rollout, Assignment assignment) {
        var layout = rollout.layout();
        var replicas = rollout.replicas(assignment);
        var whole = new TreeMap<Role, Side>();
        boolean isAdoption = layout.serving().filter(Role.PLAIN::equals).isPresent()
                && layout.side(Role.BLUE)
                        .filter(side -> side.content() == Content.GOOD)
                        .isPresent();
        boolean isSmallPreview = preview(layout)
                .flatMap(layout::side)
                .filter(side -> side.content() == Content.NEW && side.pods() < replicas.orElse(1))
                .isPresent();
        if (isAdoption) {
            whole.put(Role.GREEN, new Side(Content.NEW, replicas));
        } else if (isSmallPreview) {
            layout.sides().forEach((role, side) -> whole.put(role, new Side(side.content(), replicas)));
        }
        return whole;
    }

    private static RolloutTask watch(Rollout rollout, Assignment assignment) {
        return new RolloutTask.Watch(
                assignment.application(),
                assignment.cluster(),
                assignment.generation(),
                rollout.position().leg());
    }

    private static RolloutTask delete(Rollout rollout, Assignment assignment) {
        return new RolloutTask.Delete(
                assignment.application(),
                assignment.cluster(),
                assignment.generation(),
                rollout.position().leg(),
                rollout.leftovers(),
                assignment.forceConflicts());
    }

    private static RolloutTask tell(Assignment assignment, Result result) {
        return new RolloutTask.Tell(
                assignment.application(), new Report(assignment.cluster(), assignment.generation(), result));
    }
}
