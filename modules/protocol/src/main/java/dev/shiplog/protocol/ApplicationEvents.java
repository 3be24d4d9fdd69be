package dev.shiplog.protocol;

import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.application.ApplicationEvent.ApplicationRemoved;
import dev.shiplog.domain.application.ApplicationEvent.CommandRefused;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Paused;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
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
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.protocol.v1.EventProto;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What has happened to an application. */
final class ApplicationEvents {

    private ApplicationEvents() {}

    static ApplicationEvent fromProto(EventProto.ApplicationEvent message) {
        return switch (message.getEventCase()) {
            case RELEASE_CREATED -> created(message.getReleaseCreated());
            case SCALED -> {
                var scaled = message.getScaled();
                yield new Scaled(scaled.getClustersList(), scaled.getReplicas(), scaled.getGeneration());
            }
            case PAUSED ->
                new Paused(
                        message.getPaused().getClustersList(),
                        message.getPaused().getGeneration());
            case RESUMED ->
                new Resumed(
                        message.getResumed().getClustersList(),
                        message.getResumed().getGeneration());
            case REMOVAL_REQUESTED -> {
                var requested = message.getRemovalRequested();
                yield new RemovalRequested(requested.getClustersList(), requested.getGeneration());
            }
            case ROLLOUT_COMPLETED -> {
                var completed = message.getRolloutCompleted();
                yield new RolloutCompleted(
                        completed.getCluster(),
                        completed.getRevision(),
                        completed.getGeneration(),
                        Layouts.optionalRole(completed.getActive(), "application.rolloutCompleted.active"),
                        completed.hasKeptUntil()
                                ? Optional.of(Times.fromProto(
                                        completed.getKeptUntil(), "application.rolloutCompleted.keptUntil"))
                                : Optional.empty(),
                        completed.getLeftovers());
            }
            case PROMOTED ->
                new Promoted(
                        new TreeMap<>(message.getPromoted().getThroughMap()),
                        message.getPromoted().getFull(),
                        message.getPromoted().getGeneration());
            case ABORT_REQUESTED ->
                new AbortRequested(
                        message.getAbortRequested().getClustersList(),
                        message.getAbortRequested().getGeneration(),
                        message.getAbortRequested().getCompletedList());
            case TAKEOVER_REQUESTED ->
                new TakeoverRequested(
                        message.getTakeoverRequested().getClustersList(),
                        message.getTakeoverRequested().getGeneration());
            case ROLLOUT_HELD -> {
                var held = message.getRolloutHeld();
                yield new RolloutHeld(
                        held.getCluster(),
                        held.getRevision(),
                        held.getGeneration(),
                        held.getStep(),
                        held.hasUntil()
                                ? Optional.of(Times.fromProto(held.getUntil(), "application.rolloutHeld.until"))
                                : Optional.empty(),
                        Layouts.optionalRole(held.getPreview(), "application.rolloutHeld.preview"));
            }
            case ROLLOUT_ABORTED -> {
                var aborted = message.getRolloutAborted();
                yield new RolloutAborted(
                        aborted.getCluster(), aborted.getRevision(), aborted.getGeneration(), aborted.getLeftovers());
            }
            case ROLLOUT_SETTLED -> {
                var settled = message.getRolloutSettled();
                yield new RolloutSettled(settled.getCluster(), settled.getRevision(), settled.getGeneration());
            }
            case ROLLOUT_FAILED -> {
                var failed = message.getRolloutFailed();
                yield new RolloutFailed(
                        failed.getCluster(),
                        failed.getRevision(),
                        failed.getGeneration(),
                        Troubles.fromProto(failed.getTrouble(), "application.rolloutFailed.trouble"));
            }
            case ROLLOUT_REMOVED ->
                new RolloutRemoved(
                        message.getRolloutRemoved().getCluster(),
                        message.getRolloutRemoved().getGeneration());
            case RELEASE_ENDED -> {
                var ended = message.getReleaseEnded();
                yield new ReleaseEnded(
                        ended.getRevision(),
                        Names.constant(ReleaseResult.class, ended.getResult(), "application.releaseEnded.result"));
            }
            case APPLICATION_REMOVED -> new ApplicationRemoved();
            case NOTHING_CHANGED ->
                new NothingChanged(
                        message.getNothingChanged().getRevision(),
                        message.getNothingChanged().getMessage());
            case COMMAND_REFUSED ->
                new CommandRefused(
                        message.getCommandRefused().getCode(),
                        message.getCommandRefused().getMessage());
            case EVENT_NOT_SET ->
                throw FieldProblem.missing(
                        "application", "an event of a kind that is not known here; written by a newer Shiplog?");
        };
    }

    private static ReleaseCreated created(EventProto.ApplicationEvent.ReleaseCreated message) {
        return new ReleaseCreated(
                Releases.fromProto(message.getRelease(), "application.releaseCreated.release"),
                message.getGeneration(),
                message.getPlacementsList().stream()
                        .map(placed -> new Placed(
                                new Cluster(placed.getCluster(), placed.getLabelsMap()),
                                placed.hasScale() ? Optional.of(placed.getScale()) : Optional.empty(),
                                placed.getStraight()))
                        .toList());
    }

    static EventProto.ApplicationEvent toProto(ApplicationEvent event) {
        var message = EventProto.ApplicationEvent.newBuilder();
        switch (event) {
            case ReleaseCreated created ->
                message.getReleaseCreatedBuilder()
                        .setRelease(Releases.toProto(created.release()))
                        .setGeneration(created.generation())
                        .addAllPlacements(placements(created));
            case Scaled scaled ->
                message.getScaledBuilder()
                        .addAllClusters(scaled.clusters())
                        .setReplicas(scaled.replicas())
                        .setGeneration(scaled.generation());
            case Paused paused ->
                message.getPausedBuilder().addAllClusters(paused.clusters()).setGeneration(paused.generation());
            case Resumed resumed ->
                message.getResumedBuilder().addAllClusters(resumed.clusters()).setGeneration(resumed.generation());
            case RemovalRequested requested ->
                message.getRemovalRequestedBuilder()
                        .addAllClusters(requested.clusters())
                        .setGeneration(requested.generation());
            case RolloutCompleted completed -> {
                var built = message.getRolloutCompletedBuilder()
                        .setCluster(completed.cluster())
                        .setRevision(completed.revision())
                        .setGeneration(completed.generation())
                        .setLeftovers(completed.leftovers());
                completed.active().map(Role::word).ifPresent(built::setActive);
                completed.keptUntil().map(Times::toProto).ifPresent(built::setKeptUntil);
            }
            case Promoted promoted ->
                message.getPromotedBuilder()
                        .putAllThrough(promoted.through())
                        .setFull(promoted.full())
                        .setGeneration(promoted.generation());
            case AbortRequested requested ->
                message.getAbortRequestedBuilder()
                        .addAllClusters(requested.clusters())
                        .addAllCompleted(requested.completed())
                        .setGeneration(requested.generation());
            case TakeoverRequested requested ->
                message.getTakeoverRequestedBuilder()
                        .addAllClusters(requested.clusters())
                        .setGeneration(requested.generation());
            case RolloutHeld held -> {
                var built = message.getRolloutHeldBuilder()
                        .setCluster(held.cluster())
                        .setRevision(held.revision())
                        .setGeneration(held.generation())
                        .setStep(held.step());
                held.until().map(Times::toProto).ifPresent(built::setUntil);
                held.preview().map(Role::word).ifPresent(built::setPreview);
            }
            case RolloutAborted aborted ->
                message.getRolloutAbortedBuilder()
                        .setCluster(aborted.cluster())
                        .setRevision(aborted.revision())
                        .setGeneration(aborted.generation())
                        .setLeftovers(aborted.leftovers());
            case RolloutSettled settled ->
                message.getRolloutSettledBuilder()
                        .setCluster(settled.cluster())
                        .setRevision(settled.revision())
                        .setGeneration(settled.generation());
            case RolloutFailed failed ->
                message.getRolloutFailedBuilder()
                        .setCluster(failed.cluster())
                        .setRevision(failed.revision())
                        .setGeneration(failed.generation())
                        .setTrouble(Troubles.toProto(failed.trouble()));
            case RolloutRemoved removed ->
                message.getRolloutRemovedBuilder().setCluster(removed.cluster()).setGeneration(removed.generation());
            case ReleaseEnded ended ->
                message.getReleaseEndedBuilder()
                        .setRevision(ended.revision())
                        .setResult(ended.result().name());
            case ApplicationRemoved ignored -> message.getApplicationRemovedBuilder();
            case NothingChanged nothing ->
                message.getNothingChangedBuilder()
                        .setRevision(nothing.revision())
                        .setMessage(nothing.message());
            case CommandRefused refused ->
                message.getCommandRefusedBuilder().setCode(refused.code()).setMessage(refused.message());
        }
        return message.build();
    }

    private static List<EventProto.ApplicationEvent.Placed> placements(ReleaseCreated created) {
        return created.placements().stream()
                .map(placed -> {
                    var message = EventProto.ApplicationEvent.Placed.newBuilder()
                            .setCluster(placed.cluster().name())
                            .putAllLabels(new TreeMap<>(placed.cluster().labels()))
                            .setStraight(placed.straight());
                    placed.scale().ifPresent(message::setScale);
                    return message.build();
                })
                .toList();
    }
}
