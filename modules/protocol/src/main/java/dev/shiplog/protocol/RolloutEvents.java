package dev.shiplog.protocol;

import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutEvent.Aborted;
import dev.shiplog.domain.rollout.RolloutEvent.Advanced;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import dev.shiplog.domain.rollout.RolloutEvent.Assigned;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import dev.shiplog.domain.rollout.RolloutEvent.Held;
import dev.shiplog.domain.rollout.RolloutEvent.Hindered;
import dev.shiplog.domain.rollout.RolloutEvent.Kept;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import dev.shiplog.domain.rollout.RolloutEvent.Released;
import dev.shiplog.domain.rollout.RolloutEvent.Removed;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import dev.shiplog.protocol.v1.EventProto;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
            case ASSIGNED -> assigned(message.getAssigned());
            case APPLIED ->
                new Applied(
                        message.getApplied().getGeneration(),
                        message.getApplied().getWarning().isEmpty()
                                ? Optional.empty()
                                : Optional.of(message.getApplied().getWarning()));
            case ADVANCED ->
                new Advanced(
                        message.getAdvanced().getGeneration(),
                        Layouts.fromProto(message.getAdvanced().getLayout(), "rollout.advanced.layout"),
                        message.getAdvanced().getStep(),
                        message.getAdvanced().getClearing());
            case HELD ->
                new Held(
                        message.getHeld().getGeneration(),
                        message.getHeld().getStep(),
                        message.getHeld().hasUntil()
                                ? Optional.of(Times.fromProto(message.getHeld().getUntil(), "rollout.held.until"))
                                : Optional.empty());
            case SWITCHED -> switched(message.getSwitched());
            case ABORTED ->
                new Aborted(
                        message.getAborted().getGeneration(),
                        message.getAborted().getRevision());
            case RELEASED -> new Released(message.getReleased().getGeneration());
            case HINDERED ->
                new Hindered(
                        message.getHindered().getGeneration(),
                        Troubles.fromProto(message.getHindered().getTrouble(), "rollout.hindered.trouble"));
            case COMPLETED ->
                new Completed(
                        message.getCompleted().getGeneration(),
                        message.getCompleted().getRevision(),
                        message.getCompleted().hasKept()
                                ? Optional.of(kept(message.getCompleted().getKept()))
                                : Optional.empty());
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

    private static Assigned assigned(EventProto.RolloutEvent.Assigned message) {
        var assignment = Assignments.fromProto(message.getAssignment(), "rollout.assigned.assignment");
        return message.hasLayout()
                ? new Assigned(
                        assignment,
                        Layouts.fromProto(message.getLayout(), "rollout.assigned.layout"),
                        message.getStep())
                : Assigned.inPlace(assignment);
    }

    private static Switched switched(EventProto.RolloutEvent.Switched message) {
        return new Switched(
                message.getGeneration(),
                message.getRevision(),
                message.getServicesList(),
                Layouts.role(message.getFrom(), "rollout.switched.from"),
                Layouts.role(message.getTo(), "rollout.switched.to"),
                message.getSelectorBeforeMap(),
                message.getSelectorAfterMap());
    }

    private static Kept kept(EventProto.RolloutEvent.Kept message) {
        return new Kept(
                Layouts.role(message.getRole(), "rollout.completed.kept.role"),
                Times.fromProto(message.getUntil(), "rollout.completed.kept.until"),
                message.getObjectsList().stream()
                        .map(KubernetesObjects::fromProto)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    static EventProto.RolloutEvent toProto(RolloutEvent event) {
        var message = EventProto.RolloutEvent.newBuilder();
        switch (event) {
            case Assigned assigned -> {
                var built = message.getAssignedBuilder().setAssignment(Assignments.toProto(assigned.assignment()));
                // What a rolling update begins with is not spelt out: nearly all assignments are of that kind.
                if (!assigned.equals(Assigned.inPlace(assigned.assignment()))) {
                    built.setLayout(Layouts.toProto(assigned.layout())).setStep(assigned.step());
                }
            }
            case Applied applied -> {
                var built = message.getAppliedBuilder().setGeneration(applied.generation());
                applied.warning().ifPresent(built::setWarning);
            }
            case Advanced advanced ->
                message.getAdvancedBuilder()
                        .setGeneration(advanced.generation())
                        .setLayout(Layouts.toProto(advanced.layout()))
                        .setStep(advanced.step())
                        .setClearing(advanced.clearing());
            case Held held -> {
                var built = message.getHeldBuilder()
                        .setGeneration(held.generation())
                        .setStep(held.step());
                held.until().map(Times::toProto).ifPresent(built::setUntil);
            }
            case Switched switched ->
                message.getSwitchedBuilder()
                        .setGeneration(switched.generation())
                        .setRevision(switched.revision())
                        .addAllServices(switched.services())
                        .setFrom(switched.from().word())
                        .setTo(switched.to().word())
                        .putAllSelectorBefore(new TreeMap<>(switched.selectorBefore()))
                        .putAllSelectorAfter(new TreeMap<>(switched.selectorAfter()));
            case Aborted aborted ->
                message.getAbortedBuilder().setGeneration(aborted.generation()).setRevision(aborted.revision());
            case Released released -> message.getReleasedBuilder().setGeneration(released.generation());
            case Hindered hindered ->
                message.getHinderedBuilder()
                        .setGeneration(hindered.generation())
                        .setTrouble(Troubles.toProto(hindered.trouble()));
            case Completed completed -> {
                var built = message.getCompletedBuilder()
                        .setGeneration(completed.generation())
                        .setRevision(completed.revision());
                completed
                        .kept()
                        .ifPresent(kept -> built.getKeptBuilder()
                                .setRole(kept.role().word())
                                .setUntil(Times.toProto(kept.until()))
                                .addAllObjects(sorted(kept.objects())));
            }
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
