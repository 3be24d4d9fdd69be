package dev.shiplog.protocol;

import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import dev.shiplog.domain.rollout.RolloutEvent.Assigned;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import dev.shiplog.domain.rollout.RolloutEvent.Hindered;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import dev.shiplog.domain.rollout.RolloutEvent.Removed;
import dev.shiplog.protocol.v1.EventProto;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What has happened to a rollout. */
final class RolloutEvents {

    private static final Comparator<ObjectKey> BY_NAME = Comparator.comparing(ObjectKey::apiVersion)
            .thenComparing(ObjectKey::kind)
            .thenComparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name);

    private RolloutEvents() {}

    static RolloutEvent fromProto(EventProto.RolloutEvent message) {
        return switch (message.getEventCase()) {
            case ASSIGNED ->
                new Assigned(
                        Assignments.fromProto(message.getAssigned().getAssignment(), "rollout.assigned.assignment"));
            case APPLIED -> new Applied(message.getApplied().getGeneration());
            case HINDERED ->
                new Hindered(
                        message.getHindered().getGeneration(),
                        Troubles.fromProto(message.getHindered().getTrouble(), "rollout.hindered.trouble"));
            case COMPLETED ->
                new Completed(
                        message.getCompleted().getGeneration(),
                        message.getCompleted().getRevision());
            case FAILED ->
                new Failed(
                        message.getFailed().getGeneration(),
                        message.getFailed().getRevision(),
                        Troubles.fromProto(message.getFailed().getTrouble(), "rollout.failed.trouble"));
            case PRUNED ->
                new Pruned(
                        message.getPruned().getGeneration(),
                        message.getPruned().getObjectsList().stream()
                                .map(KubernetesObjects::fromProto)
                                .collect(Collectors.toUnmodifiableSet()));
            case REMOVED -> new Removed(message.getRemoved().getGeneration());
            case EVENT_NOT_SET ->
                throw FieldProblem.missing(
                        "rollout", "an event of a kind that is not known here; written by a newer Shiplog?");
        };
    }

    static EventProto.RolloutEvent toProto(RolloutEvent event) {
        var message = EventProto.RolloutEvent.newBuilder();
        switch (event) {
            case Assigned assigned ->
                message.getAssignedBuilder().setAssignment(Assignments.toProto(assigned.assignment()));
            case Applied applied -> message.getAppliedBuilder().setGeneration(applied.generation());
            case Hindered hindered ->
                message.getHinderedBuilder()
                        .setGeneration(hindered.generation())
                        .setTrouble(Troubles.toProto(hindered.trouble()));
            case Completed completed ->
                message.getCompletedBuilder()
                        .setGeneration(completed.generation())
                        .setRevision(completed.revision());
            case Failed failed ->
                message.getFailedBuilder()
                        .setGeneration(failed.generation())
                        .setRevision(failed.revision())
                        .setTrouble(Troubles.toProto(failed.trouble()));
            case Pruned pruned ->
                message.getPrunedBuilder().setGeneration(pruned.generation()).addAllObjects(sorted(pruned.objects()));
            case Removed removed -> message.getRemovedBuilder().setGeneration(removed.generation());
        }
        return message.build();
    }

    private static List<EventProto.ObjectKey> sorted(Set<ObjectKey> keys) {
        return keys.stream().sorted(BY_NAME).map(KubernetesObjects::toProto).toList();
    }
}
