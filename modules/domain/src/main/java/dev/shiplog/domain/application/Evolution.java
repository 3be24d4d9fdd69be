package dev.shiplog.domain.application;

import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.application.ApplicationEvent.ApplicationRemoved;
import dev.shiplog.domain.application.ApplicationEvent.CommandRefused;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Paused;
import dev.shiplog.domain.application.ApplicationEvent.Promoted;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ApplicationEvent.RemovalRequested;
import dev.shiplog.domain.application.ApplicationEvent.Resumed;
import dev.shiplog.domain.application.ApplicationEvent.RolloutAborted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutCompleted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutFailed;
import dev.shiplog.domain.application.ApplicationEvent.RolloutHeld;
import dev.shiplog.domain.application.ApplicationEvent.RolloutRemoved;
import dev.shiplog.domain.application.ApplicationEvent.RolloutSettled;
import dev.shiplog.domain.application.ApplicationEvent.Scaled;
import dev.shiplog.domain.application.ApplicationEvent.TakeoverRequested;
import java.util.List;
import java.util.Optional;

/** What an application is after an event. */
final class Evolution {

    private Evolution() {}

    static Application of(Application application, Recorded<ApplicationEvent> recorded) {
        return switch (recorded.event()) {
            case ReleaseCreated created -> {
                var release = created.release();
                var changed = application
                        .withGeneration(created.generation())
                        .withRelease(release, ReleaseProgress.begun(release.clusters()));
                for (var placed : created.placements()) {
                    var cluster = placed.cluster().name();
                    var before = Optional.ofNullable(application.targets().get(cluster));
                    changed = superseding(changed, cluster, release.revision())
                            .withTarget(Target.placed(
                                    before, placed, release.revision(), asking(created.generation(), recorded)));
                }
                yield changed;
            }
            case Scaled scaled ->
                application
                        .withGeneration(scaled.generation())
                        .withTargets(
                                scaled.clusters(),
                                target -> target.scaled(scaled.replicas(), asking(scaled.generation(), recorded)));
            case Paused paused ->
                application
                        .withGeneration(paused.generation())
                        .withTargets(
                                paused.clusters(),
                                target -> target.paused(true, asking(paused.generation(), recorded)));
            case Resumed resumed ->
                application
                        .withGeneration(resumed.generation())
                        .withTargets(
                                resumed.clusters(),
                                target -> target.paused(false, asking(resumed.generation(), recorded)));
            case RemovalRequested requested -> {
                var changed = application
                        .withGeneration(requested.generation())
                        .withTargets(
                                requested.clusters(),
                                target -> target.removing(asking(requested.generation(), recorded)));
                for (var cluster : requested.clusters()) {
                    changed = ended(changed, cluster, ReleaseResult.REMOVED);
                }
                yield changed;
            }
            case Promoted promoted -> {
                var changed = application.withGeneration(promoted.generation());
                for (var step : promoted.through().entrySet()) {
                    changed = changed.withTargets(
                            List.of(step.getKey()),
                            target -> target.promoted(
                                    step.getValue(), promoted.full(), asking(promoted.generation(), recorded)));
                }
                yield changed;
            }
            case AbortRequested requested ->
                application
                        .withGeneration(requested.generation())
                        .withTargets(
                                requested.clusters(),
                                target -> target.aborting(asking(requested.generation(), recorded)));
            case TakeoverRequested requested ->
                application
                        .withGeneration(requested.generation())
                        .withTargets(
                                requested.clusters(),
                                target -> target.takingOver(asking(requested.generation(), recorded)));
            case RolloutHeld held ->
                application.withTargets(
                        List.of(held.cluster()),
                        target -> target.standing(new Target.Standing.Held(held.step(), held.until(), held.preview())));
            case RolloutCompleted completed ->
                ended(application, completed.cluster(), ReleaseResult.COMPLETED)
                        .withTargets(
                                List.of(completed.cluster()),
                                target -> target.serving(completed.active())
                                        .standing(new Target.Standing.Completed(
                                                completed.keptUntil(), completed.leftovers())));
            case RolloutSettled settled ->
                application.withTargets(
                        List.of(settled.cluster()),
                        target -> target.standing(target.standing().settled()));
            case RolloutAborted aborted ->
                ended(application, aborted.cluster(), ReleaseResult.ABORTED)
                        .withTargets(
                                List.of(aborted.cluster()),
                                target -> target.standing(new Target.Standing.Aborted(aborted.leftovers())));
            case RolloutFailed failed ->
                ended(application, failed.cluster(), ReleaseResult.FAILED)
                        .withTargets(
                                List.of(failed.cluster()),
                                target -> target.standing(new Target.Standing.Failed(failed.trouble())));
            case RolloutRemoved removed -> application.withoutTarget(removed.cluster());
            case ReleaseEnded ended ->
                application.withProgress(ended.revision(), progress -> progress.ended(ended.result()));
            case ApplicationRemoved ignored -> application;
            case NothingChanged ignored -> application;
            case CommandRefused ignored -> application;
        };
    }

    private static Target.Asking asking(int generation, Recorded<ApplicationEvent> recorded) {
        return new Target.Asking(generation, recorded.correlation(), recorded.at());
    }

    /** Whatever ran on the cluster before gives way to the revision. */
    private static Application superseding(Application application, String cluster, int revision) {
        var before = application.targets().get(cluster);
        return before == null || before.revision() == revision
                ? application
                : application.withProgress(
                        before.revision(), progress -> progress.with(cluster, ReleaseResult.SUPERSEDED));
    }

    private static Application ended(Application application, String cluster, ReleaseResult result) {
        var target = application.targets().get(cluster);
        return target == null
                ? application
                : application.withProgress(target.revision(), progress -> progress.with(cluster, result));
    }
}
