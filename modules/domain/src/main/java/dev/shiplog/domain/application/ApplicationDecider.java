package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
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
import dev.shiplog.domain.application.ApplicationEvent.CommandRefused;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Assignment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
            case Scale scale ->
                onSelected(application, asked, scale.clusters(), targets -> steering.scale(targets, scale.replicas()));
            case SetImage setImage -> onExisting(application, () -> planner.setImage(setImage));
            case Pause pause -> onSelected(application, asked, pause.clusters(), steering::pause);
            case Resume resume -> onSelected(application, asked, resume.clusters(), steering::resume);
            case Undo undo -> onExisting(application, () -> wayBack.undo(undo));
            case Restart restart -> onExisting(application, () -> planner.restart(restart));
            case Delete delete -> onSelected(application, asked, delete.clusters(), true, steering::delete);
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
                                ? takeover.switching(
                                        targets, change.to(), steering, steering.switchOver(targets, change.to()))
                                : steering.switchOver(targets, change.to()));
            case Report report -> Reports.of(application, report);
        };
    }

    @Override
    public List<ApplicationEvent> refusal(Rejection rejection) {
        return List.of(new CommandRefused(rejection.code(), rejection.sentence()));
    }

    private Decision<ApplicationEvent> onExisting(Application application, Supplier<Decision<ApplicationEvent>> rule) {
        return application.exists() ? rule.get() : Decision.rejected(new Rejection.UnknownApplication(name));
    }

    private Decision<ApplicationEvent> onSelected(
            Application application,
            Asked<ApplicationCommand> asked,
            ClusterSelection clusters,
            Function<List<Target>, Decision<ApplicationEvent>> rule) {
        return onSelected(application, asked, clusters, false, rule);
    }

    private Decision<ApplicationEvent> onSelected(
            Application application,
            Asked<ApplicationCommand> asked,
            ClusterSelection clusters,
            boolean alsoRemoving,
            Function<List<Target>, Decision<ApplicationEvent>> rule) {
        if (!application.exists()) {
            return Decision.rejected(new Rejection.UnknownApplication(name));
        }
        return switch (Selected.of(name, application, asked.fleet(), clusters, alsoRemoving)) {
            case Selected.None none -> Decision.rejected(none.rejection());
            case Selected.Some some -> rule.apply(some.targets());
        };
    }

    @Override
    public Application evolve(Application application, Recorded<ApplicationEvent> recorded) {
        var changed = Evolution.of(application, recorded);
        boolean ours = recorded.principal().proof() == Principal.Proof.SHIPLOG;
        return ours
                ? changed
                : changed.remembering(
                        recorded.commandId(), Answers.of(name, recorded.event()), Answers.isFurther(recorded.event()));
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
