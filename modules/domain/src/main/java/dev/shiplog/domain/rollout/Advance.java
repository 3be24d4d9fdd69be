package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Move;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Shares;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.rollout.RolloutEvent.Aborted;
import dev.shiplog.domain.rollout.RolloutEvent.Advanced;
import dev.shiplog.domain.rollout.RolloutEvent.Assigned;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Held;
import dev.shiplog.domain.rollout.RolloutEvent.Kept;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a rollout goes from one layout to the next, as its {@link dev.shiplog.domain.course.Course} says. */
final class Advance {

    private Advance() {}

    /**
     * The first layout of a new assignment. Of the same revision it goes on where it was; of another one it begins its
     * steps anew, and what was on its way is wanted no longer. While it is paused nothing changes but numbers of pods.
     *
     * <p>A course takes it that the present layout stands. That it once did says little: pods may have gone since. So before
     * anything that serves is taken away, and before the new release reaches all users, the present layout is waited for
     * once more, under the new generation. Nor is anything cleared away in the first leg: that takes an {@link Advanced},
     * which waits until it is gone.
     *
     * <p>Nor does a smaller number that was asked for say that there are no more pods: it may never have got through. Who
     * grows from it begins with all that are wanted, so that no canary takes the place of what still serves, nor gets more
     * room than there is beside it.
     *
     * <p>Nor does a layout that was to be brought about say that the pods of the one before are gone: Services that were
     * wide enough for these stay so.
     */
    static Assigned begin(Rollout rollout, Assignment assignment) {
        if (assignment.removing()) {
            return new Assigned(assignment, Layout.NONE, 0);
        }
        var first = first(rollout, assignment);
        var grown = grown(rollout, assignment, first.layout());
        var wide = rollout.assigned(assignment).course(assignment).asWide(grown, rollout.layout());
        return new Assigned(assignment, wide, first.step());
    }

    private static Assigned first(Rollout rollout, Assignment assignment) {
        boolean goesOn = rollout.revision() == assignment.revision();
        boolean isWantedNoLonger = !goesOn || assignment.directions().aborting();
        var present = isWantedNoLonger ? superseded(rollout, assignment) : rollout.layout();
        int step = goesOn ? rollout.position().step() : 0;
        boolean isHeld = goesOn && assignment.paused() && !present.sides().isEmpty();
        var course = rollout.assigned(assignment)
                .keeping(goesOn ? rollout.kept() : Optional.empty())
                .course(assignment);
        return switch (course.next(present, step)) {
            case Move.To to
            when isHeld && !to.layout().hasSameParts(present) -> new Assigned(assignment, present, step);
            case Move.To to
            when !course.keepsServing(present, to.layout()) || course.promotes(present, to.layout()) ->
                new Assigned(assignment, present, step);
            case Move.To to when to.clearing() -> new Assigned(assignment, present, to.step());
            case Move.To to -> new Assigned(assignment, to.layout(), to.step());
            case Move.Hold hold -> new Assigned(assignment, present, hold.step());
            case Move.Finish ignored -> new Assigned(assignment, present, step);
        };
    }

    private static Layout grown(Rollout rollout, Assignment assignment, Layout layout) {
        boolean mayBeUnwritten =
                rollout.stage() instanceof Rollout.Stage.Applying || rollout.stage() instanceof Rollout.Stage.Failed;
        int before = rollout.assignment().flatMap(rollout::replicas).orElse(1);
        int wanted = rollout.replicas(assignment).orElse(1);
        return mayBeUnwritten && before < wanted
                ? rollout.assigned(assignment).course(assignment).whole(layout, rollout.layout())
                : layout;
    }

    /** Why the release can't be carried out on this cluster as it says; told before anything is written. */
    static Optional<Trouble> impossibility(Rollout rollout, Assignment assignment) {
        var begun = rollout.assigned(assignment);
        boolean isTried = !assignment.removing()
                && !assignment.directions().aborting()
                && !begun.course(assignment).isDirect();
        var objects = begun.objects(assignment);
        return isTried && objects.isTrackMissing()
                ? Optional.of(new Trouble(
                        Trouble.Kind.INVALID,
                        "the pods that run in cluster " + assignment.cluster() + " (revision "
                                + rollout.good().map(Assignment::revision).orElse(0)
                                + ") have no label track: stable, by which an HTTPRoute's requests find them beside a"
                                + " canary; release them with it once, with strategy rolling, and then this one"))
                : Optional.empty();
    }

    /** A copy on the way to another form may not have been made, and is made again where it is needed. */
    private static Layout superseded(Rollout rollout, Assignment assignment) {
        var layout = rollout.isSeen() ? rollout.layout() : rollout.layout().withoutCopies();
        boolean isAbort = rollout.revision() == assignment.revision();
        var present = isAbort && isWritten(rollout) ? layout.aborted() : layout.superseded();
        var divided = Shares.divides(assignment.strategy()) ? present : present.undivided();
        // Until pods of its own release are there, a Service that is written selects those that nobody knows.
        return divided.shared() == Content.OTHER
                ? divided.widened(rollout.objects(assignment).selectors().mayMiss())
                : divided;
    }

    /** Whether all of the present layout is on the cluster, and nothing of it was refused. */
    private static boolean isWritten(Rollout rollout) {
        return rollout.stage() instanceof Rollout.Stage.Rolling || rollout.stage() instanceof Rollout.Stage.Holding;
    }

    /** What follows when the present layout stands with all its pods. */
    static List<RolloutEvent> from(Rollout rollout, Instant now) {
        var events = new ArrayList<RolloutEvent>(switched(rollout));
        events.addAll(next(rollout, now));
        return events;
    }

    /** What follows when the step that was waited in is over: first a look whether what stood still does. */
    static Optional<Assigned> pass(Rollout rollout) {
        return rollout.assignment()
                .filter(assignment -> !assignment.paused())
                .map(assignment -> new Assigned(
                        assignment, rollout.layout(), rollout.position().step() + 1));
    }

    private static List<RolloutEvent> next(Rollout rollout, Instant now) {
        var assignment = rollout.assignment().orElseThrow();
        int generation = rollout.generation();
        var move = rollout.course(assignment)
                .next(rollout.layout(), rollout.position().step());
        if (assignment.paused() && !(move instanceof Move.Finish)) {
            return List.of();
        }
        return List.of(
                switch (move) {
                    case Move.To to -> new Advanced(generation, to.layout(), to.step(), to.clearing());
                    case Move.Hold hold ->
                        new Held(
                                generation,
                                hold.step(),
                                hold.lasting()
                                        .map(lasting -> rollout.position()
                                                .heldIn(hold.step())
                                                .orElseGet(() -> now.plus(lasting))));
                    case Move.Finish finish ->
                        isAborted(rollout, assignment)
                                ? new Aborted(generation, assignment.revision())
                                : new Completed(generation, assignment.revision(), kept(rollout, finish, now));
                });
    }

    /** What was completed before the abort came is completed: users have it. */
    private static boolean isAborted(Rollout rollout, Assignment assignment) {
        return assignment.directions().aborting()
                && rollout.good()
                        .filter(good -> good.revision() != assignment.revision())
                        .isPresent();
    }

    private static Optional<Kept> kept(Rollout rollout, Move.Finish finish, Instant now) {
        var objects = rollout.objects(rollout.assignment().orElseThrow());
        return finish.kept().map(role -> {
            var content =
                    rollout.layout().side(role).map(side -> side.content()).orElse(Content.GOOD);
            return new Kept(role, now.plus(finish.delay()), objects.keysOf(role, content));
        });
    }

    private static List<Switched> switched(Rollout rollout) {
        if (!rollout.position().isSwitch()) {
            return List.of();
        }
        var assignment = rollout.assignment().orElseThrow();
        var objects = rollout.objects(assignment);
        Role before = rollout.position().servedBefore().orElseThrow();
        Role after = rollout.layout().serving().orElseThrow();
        return List.of(new Switched(
                rollout.generation(),
                assignment.revision(),
                objects.activeServices(rollout.layout()),
                before,
                after,
                objects.selector(rollout.layout(), before),
                objects.selector(rollout.layout(), after)));
    }

    /**
     * The workloads that have to be ready before it goes on: not those that users leave with the next layout. Who switches
     * away from pods that are broken, or replaces them, does not wait for them.
     */
    static Set<String> relied(Rollout rollout) {
        var objects = rollout.objects(rollout.assignment().orElseThrow());
        var relied = new HashSet<>(objects.workloads(rollout.layout()));
        left(rollout).forEach(role -> relied.remove(objects.nameOf(rollout.layout(), role)));
        return relied.isEmpty() ? objects.workloads(rollout.layout()) : relied;
    }

    static Set<Role> left(Rollout rollout) {
        var present = rollout.layout();
        var course = rollout.course(rollout.assignment().orElseThrow());
        var left = switch (course.next(present, rollout.position().step())) {
            case Move.To to -> left(present, to.layout());
            case Move.Finish finish -> left(present, finish.layout());
            case Move.Hold ignored -> Set.<Role>of();
        };
        var all = new HashSet<>(left);
        present.sides().forEach((role, side) -> {
            if (course.isForsaken(side)) {
                all.add(role);
            }
        });
        return all;
    }

    private static Set<Role> left(Layout present, Layout next) {
        return present.sides().keySet().stream()
                .filter(role -> {
                    boolean isSwitchedAway =
                            present.serving().filter(role::equals).isPresent()
                                    && !next.serving().equals(present.serving());
                    boolean staysAsItIs = next.side(role)
                            .map(Side::content)
                            .equals(present.side(role).map(Side::content));
                    return isSwitchedAway || !staysAsItIs;
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
