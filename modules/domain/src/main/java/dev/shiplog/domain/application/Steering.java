package dev.shiplog.domain.application;

import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Paused;
import dev.shiplog.domain.application.ApplicationEvent.Promoted;
import dev.shiplog.domain.application.ApplicationEvent.RemovalRequested;
import dev.shiplog.domain.application.ApplicationEvent.Resumed;
import dev.shiplog.domain.application.ApplicationEvent.Scaled;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The rules of what is said about what is there: scale, pause, resume and delete; promote, abort and switch. */
record Steering(Plans plans) {

    Decision<ApplicationEvent> scale(List<Target> targets, int replicas) {
        if (replicas < 0) {
            return Decision.rejected(new Rejection.NegativeReplicas(replicas));
        }
        var crowded = targets.stream()
                .filter(target -> isTryingCanary(target) && Fitting.leavesOutCanary(plans.strategyOf(target), replicas))
                .toList();
        if (!crowded.isEmpty()) {
            return Decision.rejected(new Rejection.NoRoomForCanary(plans.name(), replicas, Selected.names(crowded)));
        }
        var asksChange = targets.stream()
                .filter(target -> !target.scale().equals(Optional.of(replicas))
                        || target.standing() instanceof Target.Standing.Failed)
                .toList();
        return asksChange.isEmpty()
                ? Decision.accepted(new NothingChanged(0, "already scaled to " + replicas + " replicas"))
                : Decision.accepted(new Scaled(Selected.names(asksChange), replicas, nextGeneration()));
    }

    /** What failed is asked for once more by a scale, and goes on where it was. */
    private static boolean isTryingCanary(Target target) {
        boolean isOpen = target.isUnderWay() || target.standing() instanceof Target.Standing.Failed;
        return isOpen
                && target.hasOtherGood()
                && !target.removing()
                && !target.directions().aborting()
                && !target.directions().straight();
    }

    Decision<ApplicationEvent> pause(List<Target> targets) {
        var running = targets.stream().filter(target -> !target.paused()).toList();
        return running.isEmpty()
                ? Decision.rejected(new Rejection.AlreadyPaused(plans.name()))
                : Decision.accepted(new Paused(Selected.names(running), nextGeneration()));
    }

    Decision<ApplicationEvent> resume(List<Target> targets) {
        var held = targets.stream().filter(Target::paused).toList();
        return held.isEmpty()
                ? Decision.rejected(new Rejection.NotPaused(plans.name()))
                : Decision.accepted(new Resumed(Selected.names(held), nextGeneration()));
    }

    Decision<ApplicationEvent> delete(List<Target> targets) {
        var staying = targets.stream()
                .filter(target -> !target.removing() || target.standing() instanceof Target.Standing.Failed)
                .toList();
        if (staying.isEmpty()) {
            return Decision.accepted(new NothingChanged(0, "already being deleted"));
        }
        var events = new ArrayList<ApplicationEvent>();
        events.add(new RemovalRequested(Selected.names(staying), nextGeneration()));
        events.addAll(Endings.of(plans.application(), Selected.names(staying), ReleaseResult.REMOVED));
        return new Decision.Accepted<>(events);
    }

    private int nextGeneration() {
        return plans.application().generation() + 1;
    }

    Decision<ApplicationEvent> promote(List<Target> targets, boolean full) {
        var paused = targets.stream().filter(Target::paused).toList();
        if (!paused.isEmpty()) {
            return Decision.rejected(new Rejection.WhilePaused(plans.name(), "promote", Selected.names(paused)));
        }
        var through = new TreeMap<String, Integer>();
        for (var target : targets) {
            boolean canSkip =
                    full && target.isUnderWay() && plans.strategyOf(target).hasSteps();
            if (target.standing() instanceof Target.Standing.Held held) {
                through.put(target.cluster().name(), held.step() + 1);
            } else if (canSkip && !target.directions().aborting()) {
                through.put(target.cluster().name(), 0);
            }
        }
        return through.isEmpty()
                ? Decision.rejected(new Rejection.NothingToPromote(plans.name(), standings(targets)))
                : Decision.accepted(new Promoted(through, full, nextGeneration()));
    }

    Decision<ApplicationEvent> abort(List<Target> targets) {
        var abortable = targets.stream().filter(Steering::canAbort).toList();
        return abortable.isEmpty()
                ? Decision.rejected(new Rejection.NothingToAbort(plans.name(), standings(targets)))
                : Decision.accepted(
                        new AbortRequested(Selected.names(abortable), nextGeneration(), completed(abortable)));
    }

    /** Where users have what is aborted elsewhere. */
    private List<String> completed(List<Target> abortable) {
        var revisions = abortable.stream().map(Target::revision).toList();
        return plans.application().targets().values().stream()
                .filter(target -> target.standing() instanceof Target.Standing.Completed)
                .filter(target -> revisions.contains(target.revision()))
                .map(target -> target.cluster().name())
                .toList();
    }

    static boolean canAbortFailed(Target target) {
        return target.standing() instanceof Target.Standing.Failed && canAbort(target);
    }

    private static boolean canAbort(Target target) {
        boolean isOpen = target.isUnderWay() || target.standing() instanceof Target.Standing.Failed;
        return isOpen && !(target.directions().aborting() && target.isUnderWay()) && target.hasOtherGood();
    }

    /** Where the colour is there to be looked at it is promoted; where it served before, its revision comes back. */
    Decision<ApplicationEvent> switchOver(List<Target> targets, Role to) {
        var through = new TreeMap<String, Integer>();
        var aborting = new ArrayList<String>();
        var returning = new ArrayList<Target>();
        var reasons = new ArrayList<String>();
        for (var target : targets) {
            var cluster = target.cluster().name();
            switch (way(target, to)) {
                case Way.Promotion promotion -> through.put(cluster, promotion.step() + 1);
                case Way.Abort ignored -> aborting.add(cluster);
                case Way.Return ignored -> returning.add(target);
                case Way.None none -> reasons.add("on \"" + cluster + "\" " + none.reason());
                case Way.There ignored -> {}
            }
        }
        if (through.isEmpty() && aborting.isEmpty() && returning.isEmpty()) {
            return reasons.isEmpty()
                    ? Decision.accepted(new NothingChanged(
                            0,
                            to.word()
                                    + " is what users are to come to already; where somebody else has changed a Service,"
                                    + " --force-conflicts sets it back"))
                    : Decision.rejected(new Rejection.NotSwitchable(plans.name(), to.word(), reasons));
        }
        var events = new ArrayList<ApplicationEvent>();
        if (!through.isEmpty()) {
            events.add(new Promoted(through, false, nextGeneration()));
        }
        if (!aborting.isEmpty()) {
            events.add(new AbortRequested(aborting, nextGeneration()));
        }
        if (!returning.isEmpty()
                && new WayBack(plans).returnToColour(returning, to)
                        instanceof Decision.Accepted<ApplicationEvent> accepted) {
            events.addAll(accepted.events());
        }
        if (!reasons.isEmpty()) {
            events.add(new NothingChanged(0, "not switched to " + to.word() + ": " + String.join(", ", reasons)));
        }
        return new Decision.Accepted<>(events);
    }

    private sealed interface Way {
        record There() implements Way {}

        record Promotion(int step) implements Way {}

        record Abort() implements Way {}

        record Return() implements Way {}

        record None(String reason) implements Way {}
    }

    private Way way(Target target, Role to) {
        if (!(plans.strategyOf(target) instanceof Strategy.BlueGreen)) {
            return new Way.None("the strategy is not blueGreen");
        }
        if (target.paused()) {
            return new Way.None("it is paused");
        }
        boolean isActive = target.active().filter(to::equals).isPresent();
        if (isActive) {
            return mayBeSwitched(target) && canAbort(target) ? new Way.Abort() : new Way.There();
        }
        return switch (target.standing()) {
            case Target.Standing.Held held ->
                held.preview().filter(to::equals).isPresent()
                        ? new Way.Promotion(held.step())
                        : new Way.None("there are no pods of that colour");
            case Target.Standing.Completed ignored ->
                target.serving().colours().containsKey(to)
                        ? new Way.Return()
                        : new Way.None("there has been no " + to.word() + " yet");
            case Target.Standing.Owed ignored -> new Way.None(to.word() + " is not ready yet");
            case Target.Standing.Aborted ignored -> new Way.None(to.word() + " was aborted");
            case Target.Standing.Failed ignored -> new Way.None(to.word() + " has failed");
        };
    }

    /** Whether the release on its way may be leading users to the colour just now. */
    boolean isSwitchingTo(Target target, Role to) {
        return plans.strategyOf(target) instanceof Strategy.BlueGreen
                && !target.paused()
                && !target.directions().aborting()
                && target.serving()
                        .active()
                        .map(Role::otherColour)
                        .filter(to::equals)
                        .isPresent()
                && target.standing() instanceof Target.Standing.Owed
                && mayBeSwitched(target);
    }

    /** Whether users may be on the colour of the release on its way already, though it is not completed. */
    private boolean mayBeSwitched(Target target) {
        var said = target.directions();
        boolean isAsked = said.straight() || said.promotedThrough() > 0;
        boolean isByItself = plans.strategyOf(target) instanceof Strategy.BlueGreen blueGreen
                && blueGreen.autoPromotion() instanceof Strategy.AutoPromotion.After;
        boolean waits = target.standing() instanceof Target.Standing.Held held
                && held.until()
                        .filter(until -> !plans.asked().at().isBefore(until))
                        .isEmpty();
        return target.isUnderWay() && !waits && (isAsked || isByItself);
    }

    static List<String> standings(List<Target> targets) {
        return targets.stream()
                .map(target -> "\"" + target.cluster().name() + "\": " + words(target))
                .toList();
    }

    private static String words(Target target) {
        var good = target.serving().revision();
        return switch (target.standing()) {
            case Target.Standing.Owed ignored ->
                target.directions().aborting()
                        ? "is going back"
                        : good.isEmpty() ? "the first release is on its way" : "on its way";
            case Target.Standing.Held ignored -> "waits to be promoted";
            case Target.Standing.Completed ignored -> "completed";
            case Target.Standing.Aborted ignored -> "aborted";
            case Target.Standing.Failed ignored ->
                good.isEmpty() ? "failed, and there is no earlier release to go back to" : "failed";
        };
    }
}
