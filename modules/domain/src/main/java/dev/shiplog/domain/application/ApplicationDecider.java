package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationCommand.Abort;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Delete;
import dev.shiplog.domain.application.ApplicationCommand.Pause;
import dev.shiplog.domain.application.ApplicationCommand.Promote;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.Resume;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationCommand.Switch;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
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
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of an application.
 *
 * <p>A release is a revision with a fixed set of clusters. Each cluster has a target: the revision, scale and pause it is
 * to have, under a generation that grows with every change. What a cluster has not yet ended is owed; it reports how the
 * generation ended, and when all clusters of a release have an end, the release has one. A newer release takes the place
 * of an older one cluster by cluster: what the older had not ended there is superseded.
 *
 * <p>Guarantees: a command takes effect at most once; what it was told once, it is told again. No release leaves a final
 * state. A report about any other generation than the cluster's present one changes nothing.
 */
public final class ApplicationDecider
        implements Decider<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> {

    private final ApplicationName name;

    public ApplicationDecider(ApplicationName name) {
        this.name = name;
    }

    @Override
    public Application initial() {
        return Application.NONE;
    }

    @Override
    public Decision<ApplicationEvent> decide(Application application, Asked<ApplicationCommand> asked) {
        if (application.outcomes().containsKey(asked.id())) {
            return Decision.accepted();
        }
        var plans = new Plans(name, application, asked);
        var planner = new Planner(plans);
        var wayBack = new WayBack(plans);
        var steering = new Steering(plans);
        var takeover = new Takeover(application);
        return switch (asked.command()) {
            case Apply apply -> planner.apply(apply);
            case Scale scale -> scale(application, asked, scale);
            case SetImage setImage -> onExisting(application, () -> planner.setImage(setImage));
            case Pause pause -> pause(application, asked, pause.clusters());
            case Resume resume -> resume(application, asked, resume.clusters());
            case Undo undo -> onExisting(application, () -> wayBack.undo(undo));
            case Restart restart -> onExisting(application, () -> planner.restart(restart));
            case Delete delete -> delete(application, asked, delete.clusters());
            case Promote promote ->
                onSelected(
                        application, asked, promote.clusters(), targets -> steering.promote(targets, promote.full()));
            case Abort abort ->
                takeover.of(abort.forceConflicts(), onSelected(application, asked, abort.clusters(), steering::abort));
            case Retry retry ->
                takeover.of(retry.forceConflicts(), onExisting(application, () -> wayBack.retry(retry)));
            case Switch change ->
                onSelected(
                        application,
                        asked,
                        change.clusters(),
                        targets -> change.forceConflicts()
                                ? takeover.switching(targets, change.to(), steering.switchOver(targets, change.to()))
                                : steering.switchOver(targets, change.to()));
            case Report report -> report(application, report);
        };
    }

    @Override
    public List<ApplicationEvent> refusal(Rejection rejection) {
        return List.of(new CommandRefused(rejection.code(), rejection.sentence()));
    }

    private Decision<ApplicationEvent> onExisting(
            Application application, java.util.function.Supplier<Decision<ApplicationEvent>> rule) {
        return application.exists() ? rule.get() : Decision.rejected(new Rejection.UnknownApplication(name));
    }

    private Decision<ApplicationEvent> scale(Application application, Asked<ApplicationCommand> asked, Scale scale) {
        if (scale.replicas() < 0) {
            return Decision.rejected(new Rejection.NegativeReplicas(scale.replicas()));
        }
        return onSelected(application, asked, scale.clusters(), selected -> {
            var asksChange = selected.stream()
                    .filter(target -> !target.scale().equals(Optional.of(scale.replicas()))
                            || target.standing() instanceof Target.Standing.Failed)
                    .toList();
            return asksChange.isEmpty()
                    ? Decision.accepted(new NothingChanged(0, "already scaled to " + scale.replicas() + " replicas"))
                    : Decision.accepted(
                            new Scaled(Selected.names(asksChange), scale.replicas(), application.generation() + 1));
        });
    }

    private Decision<ApplicationEvent> pause(
            Application application, Asked<ApplicationCommand> asked, ClusterSelection clusters) {
        return onSelected(application, asked, clusters, selected -> {
            var running = selected.stream().filter(target -> !target.paused()).toList();
            return running.isEmpty()
                    ? Decision.rejected(new Rejection.AlreadyPaused(name))
                    : Decision.accepted(new Paused(Selected.names(running), application.generation() + 1));
        });
    }

    private Decision<ApplicationEvent> resume(
            Application application, Asked<ApplicationCommand> asked, ClusterSelection clusters) {
        return onSelected(application, asked, clusters, selected -> {
            var held = selected.stream().filter(Target::paused).toList();
            return held.isEmpty()
                    ? Decision.rejected(new Rejection.NotPaused(name))
                    : Decision.accepted(new Resumed(Selected.names(held), application.generation() + 1));
        });
    }

    private Decision<ApplicationEvent> delete(
            Application application, Asked<ApplicationCommand> asked, ClusterSelection clusters) {
        if (!application.exists()) {
            return Decision.rejected(new Rejection.UnknownApplication(name));
        }
        var selected = Selected.of(name, application, asked.fleet(), clusters, true);
        if (selected instanceof Selected.None none) {
            return Decision.rejected(none.rejection());
        }
        var targets = ((Selected.Some) selected)
                .targets().stream()
                        .filter(target -> !target.removing() || target.standing() instanceof Target.Standing.Failed)
                        .toList();
        if (targets.isEmpty()) {
            return Decision.accepted(new NothingChanged(0, "already being deleted"));
        }
        var events = new ArrayList<ApplicationEvent>();
        events.add(new RemovalRequested(Selected.names(targets), application.generation() + 1));
        events.addAll(Endings.of(application, Selected.names(targets), ReleaseResult.REMOVED));
        return new Decision.Accepted<>(events);
    }

    private Decision<ApplicationEvent> onSelected(
            Application application,
            Asked<ApplicationCommand> asked,
            ClusterSelection clusters,
            java.util.function.Function<List<Target>, Decision<ApplicationEvent>> rule) {
        if (!application.exists()) {
            return Decision.rejected(new Rejection.UnknownApplication(name));
        }
        return switch (Selected.of(name, application, asked.fleet(), clusters, false)) {
            case Selected.None none -> Decision.rejected(none.rejection());
            case Selected.Some some -> rule.apply(some.targets());
        };
    }

    private static Decision<ApplicationEvent> report(Application application, Report report) {
        var target = application.targets().get(report.cluster());
        if (target == null || target.generation() != report.generation() || !target.isOwed()) {
            return Decision.accepted();
        }
        var events = new ArrayList<ApplicationEvent>();
        switch (report.result()) {
            case ApplicationCommand.Result.Held held -> {
                var standing = new Target.Standing.Held(held.step(), held.until(), held.preview());
                if (target.isUnderWay() && !target.standing().equals(standing)) {
                    events.add(new RolloutHeld(
                            report.cluster(),
                            target.revision(),
                            report.generation(),
                            held.step(),
                            held.until(),
                            held.preview()));
                }
            }
            case ApplicationCommand.Result.Completed completed -> {
                if (target.isUnderWay()) {
                    events.add(new RolloutCompleted(
                            report.cluster(),
                            target.revision(),
                            report.generation(),
                            completed.active(),
                            completed.keptUntil()));
                    events.addAll(Endings.of(application, List.of(report.cluster()), ReleaseResult.COMPLETED));
                } else if (completed.keptUntil().isEmpty()) {
                    events.add(new RolloutSettled(report.cluster(), target.revision(), report.generation()));
                }
            }
            case ApplicationCommand.Result.Aborted ignored -> {
                events.add(new RolloutAborted(report.cluster(), target.revision(), report.generation()));
                events.addAll(Endings.of(application, List.of(report.cluster()), ReleaseResult.ABORTED));
            }
            case ApplicationCommand.Result.Failed failed -> {
                events.add(
                        new RolloutFailed(report.cluster(), target.revision(), report.generation(), failed.trouble()));
                events.addAll(Endings.of(application, List.of(report.cluster()), ReleaseResult.FAILED));
            }
            case ApplicationCommand.Result.Removed ignored -> {
                events.add(new RolloutRemoved(report.cluster(), report.generation()));
                if (application.targets().size() == 1) {
                    events.add(new ApplicationRemoved());
                }
            }
        }
        return new Decision.Accepted<>(events);
    }

    @Override
    public Application evolve(Application application, Recorded<ApplicationEvent> recorded) {
        var changed = evolved(application, recorded);
        boolean ours = recorded.principal().proof() == Principal.Proof.SHIPLOG;
        return ours
                ? changed
                : changed.remembering(
                        recorded.commandId(), outcome(recorded.event()), recorded.event() instanceof ReleaseCreated);
    }

    private static Application evolved(Application application, Recorded<ApplicationEvent> recorded) {
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
                                        .standing(new Target.Standing.Completed(completed.keptUntil())));
            case RolloutSettled settled ->
                application.withTargets(
                        List.of(settled.cluster()),
                        target -> target.standing(new Target.Standing.Completed(Optional.empty())));
            case RolloutAborted aborted ->
                ended(application, aborted.cluster(), ReleaseResult.ABORTED)
                        .withTargets(
                                List.of(aborted.cluster()), target -> target.standing(new Target.Standing.Aborted()));
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

    /** What the command that led to the event is told; of several events the first one speaks, and each new revision. */
    public static Outcome outcome(ApplicationEvent event) {
        return switch (event) {
            case ReleaseCreated created ->
                new Outcome.Accepted(
                        created.release().revision(),
                        "revision " + created.release().revision() + " goes to "
                                + String.join(", ", created.release().clusters()),
                        List.of(new Outcome.Made(
                                created.release().revision(), created.release().clusters())));
            case Scaled scaled ->
                new Outcome.Accepted(
                        0, "scaled to " + scaled.replicas() + " on " + String.join(", ", scaled.clusters()));
            case Paused paused -> new Outcome.Accepted(0, "paused on " + String.join(", ", paused.clusters()));
            case Resumed resumed -> new Outcome.Accepted(0, "resumed on " + String.join(", ", resumed.clusters()));
            case RemovalRequested requested ->
                new Outcome.Accepted(0, "is being deleted from " + String.join(", ", requested.clusters()));
            case Promoted promoted ->
                new Outcome.Accepted(
                        0,
                        (promoted.full() ? "promoted in full on " : "promoted on ")
                                + String.join(", ", promoted.through().keySet()));
            case AbortRequested requested ->
                new Outcome.Accepted(
                        0,
                        "goes back to the last good release on " + String.join(", ", requested.clusters())
                                + (requested.completed().isEmpty()
                                        ? ""
                                        : "; it is completed on " + String.join(", ", requested.completed())
                                                + " and stays there until shiplog rollout undo"));
            case TakeoverRequested requested ->
                new Outcome.Accepted(
                        0, "takes over what others have set on " + String.join(", ", requested.clusters()));
            case NothingChanged nothing -> new Outcome.Accepted(nothing.revision(), nothing.message());
            case CommandRefused refused -> new Outcome.Refused(refused.code(), refused.message());
            case RolloutCompleted ignored -> new Outcome.Accepted(0, "");
            case RolloutHeld ignored -> new Outcome.Accepted(0, "");
            case RolloutSettled ignored -> new Outcome.Accepted(0, "");
            case RolloutAborted ignored -> new Outcome.Accepted(0, "");
            case RolloutFailed ignored -> new Outcome.Accepted(0, "");
            case RolloutRemoved ignored -> new Outcome.Accepted(0, "");
            case ReleaseEnded ignored -> new Outcome.Accepted(0, "");
            case ApplicationRemoved ignored -> new Outcome.Accepted(0, "");
        };
    }

    @Override
    public List<ApplicationTask> outstanding(Application application) {
        return application.targets().values().stream()
                .filter(Target::isOwed)
                .<ApplicationTask>map(
                        target -> new ApplicationTask.Carry(target.cluster().name(), target.generation()))
                .toList();
    }

    /**
     * What the cluster is to carry out now.
     *
     * @throws java.util.NoSuchElementException if the application has no target there
     */
    public Assignment assignment(Application application, String cluster) {
        var target = Optional.ofNullable(application.targets().get(cluster)).orElseThrow();
        var release = application.release(target.revision()).orElseThrow();
        return new Assignment(
                name,
                target.cluster().name(),
                target.generation(),
                target.revision(),
                target.removing()
                        ? List.of()
                        : Rendering.render(
                                name, release, target.cluster(), target.scale(), target.paused(), target.generation()),
                Rendering.strategyOn(release.spec(), target.cluster()),
                target.directions(),
                target.paused(),
                target.removing(),
                release.spec().forceConflicts() || target.forcing(),
                target.correlation());
    }
}
