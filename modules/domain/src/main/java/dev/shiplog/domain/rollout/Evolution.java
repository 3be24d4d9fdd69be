package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Aborted;
import dev.shiplog.domain.rollout.RolloutEvent.Advanced;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import dev.shiplog.domain.rollout.RolloutEvent.Assigned;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import dev.shiplog.domain.rollout.RolloutEvent.Held;
import dev.shiplog.domain.rollout.RolloutEvent.Hindered;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import dev.shiplog.domain.rollout.RolloutEvent.Released;
import dev.shiplog.domain.rollout.RolloutEvent.Removed;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a rollout is after an event. */
final class Evolution {

    private Evolution() {}

    static Rollout of(Rollout rollout, Recorded<RolloutEvent> recorded) {
        return switch (recorded.event()) {
            case Assigned assigned -> assigned(rollout, assigned, recorded.at());
            case Applied ignored -> rollout.at(new Rollout.Stage.Rolling(recorded.at(), Optional.empty()));
            case Advanced advanced ->
                writing(rollout.at(rollout.position().next(advanced.layout(), advanced.step(), advanced.clearing())))
                        .at(new Rollout.Stage.Applying(Optional.empty()));
            case Held held ->
                rollout.at(rollout.position().held(held.step(), held.until()))
                        .at(new Rollout.Stage.Holding(recorded.at(), held.until()));
            case Switched ignored -> rollout;
            case Hindered hindered -> rollout.at(hindered(rollout.stage(), Optional.of(hindered.trouble())));
            case Completed completed ->
                rollout.withGood(rollout.assignment())
                        .at(ended(rollout.position()))
                        .keeping(completed.kept().or(rollout::kept))
                        .at(new Rollout.Stage.Completed(Optional.empty()));
            case Aborted ignored ->
                rollout.at(rollout.position().ended(alone(rollout.layout())))
                        .at(new Rollout.Stage.Aborted(Optional.empty()));
            case Failed failed -> rollout.at(new Rollout.Stage.Failed(failed.trouble()));
            case Released ignored -> rollout.keeping(Optional.empty()).at(hindered(rollout.stage(), Optional.empty()));
            case Pruned pruned -> {
                Set<ObjectKey> rest = new LinkedHashSet<>(rollout.written());
                rest.removeAll(pruned.objects());
                yield rollout.withWritten(rest).at(hindered(rollout.stage(), Optional.empty()));
            }
            case Removed ignored ->
                rollout.withGood(Optional.empty()).at(Position.NOWHERE).at(new Rollout.Stage.Removed());
        };
    }

    private static Rollout assigned(Rollout rollout, Assigned assigned, Instant at) {
        var assignment = assigned.assignment();
        boolean again = assignment.generation() == rollout.generation();
        boolean goesOn = assignment.revision() == rollout.revision() && !assignment.removing();
        var before = rollout.position().stopped(assignment.paused(), at);
        var position = again
                ? before.again(assigned.layout(), assigned.step())
                : goesOn
                        ? before.renewed(assigned.layout(), assigned.step())
                        : before.begun(assigned.layout(), assigned.step());
        var begun = rollout.assigned(assignment).at(position).keeping(goesOn ? rollout.kept() : Optional.empty());
        return writing(begun)
                .at(
                        assignment.removing()
                                ? new Rollout.Stage.Removing(Optional.empty())
                                : new Rollout.Stage.Applying(Optional.empty()));
    }

    /** From now on the objects of the layout may be on the cluster. */
    private static Rollout writing(Rollout rollout) {
        var assignment = rollout.assignment().orElseThrow();
        if (assignment.removing()) {
            return rollout;
        }
        var written = new LinkedHashSet<>(rollout.written());
        var objects = rollout.objects(assignment);
        written.addAll(objects.keys(rollout.layout()));
        boolean adopts = assignment.forceConflicts()
                && rollout.good().isEmpty()
                && assignment.strategy() instanceof Strategy.BlueGreen;
        if (adopts) {
            // The place of a Deployment that somebody else has made is taken by the first colour.
            objects.plain().ifPresent(written::add);
        }
        return rollout.withWritten(written);
    }

    /** What serves is the last good release now; the rest has no place any more. */
    private static Position ended(Position position) {
        return position.ended(alone(position.layout()).completed());
    }

    private static Layout alone(Layout layout) {
        return layout.serving().map(layout::only).orElse(layout);
    }

    private static Rollout.Stage hindered(Rollout.Stage stage, Optional<Trouble> hindrance) {
        return switch (stage) {
            case Rollout.Stage.Applying ignored -> new Rollout.Stage.Applying(hindrance);
            case Rollout.Stage.Removing ignored -> new Rollout.Stage.Removing(hindrance);
            case Rollout.Stage.Completed ignored -> new Rollout.Stage.Completed(hindrance);
            case Rollout.Stage.Aborted ignored -> new Rollout.Stage.Aborted(hindrance);
            case Rollout.Stage.Idle idle -> idle;
            case Rollout.Stage.Rolling rolling -> new Rollout.Stage.Rolling(rolling.since(), hindrance);
            case Rollout.Stage.Holding holding -> holding;
            case Rollout.Stage.Failed failed -> failed;
            case Rollout.Stage.Removed removed -> removed;
        };
    }
}
