package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import java.util.List;
import java.util.Optional;

/**
 * How far the workloads of an observation are, in kubectl's words. Done is: the status is of the present spec, and
 * replicas = updated = available = desired. The condition {@code NewReplicaSetAvailable} alone never means done; after
 * an undo it stands there from the start.
 */
public sealed interface Progress {

    record Done(String message) implements Progress {}

    record Waiting(String message) implements Progress {}

    record Failed(Trouble trouble) implements Progress {}

    static Progress of(Observation observation) {
        return of(observation.workloads(), observation.troubles());
    }

    /** How far some of the workloads are. */
    static Progress of(List<Observation.Workload> workloads, List<Trouble> troubles) {
        if (workloads.isEmpty()) {
            return new Waiting("Waiting for the workloads to be observed...");
        }
        var all = workloads.stream().map(workload -> of(workload, troubles)).toList();
        return first(Failed.class, all)
                .or(() -> first(Waiting.class, all))
                .orElseGet(() -> all.size() == 1 ? all.getFirst() : new Done("successfully rolled out"));
    }

    private static Optional<Progress> first(Class<? extends Progress> kind, List<Progress> all) {
        return all.stream().filter(kind::isInstance).findFirst();
    }

    private static Progress of(Observation.Workload workload, List<Trouble> troubles) {
        if (workload.observedGeneration() < workload.generation()) {
            return new Waiting("Waiting for deployment spec update to be observed...");
        }
        var missing = missing(workload);
        if (missing.isEmpty()) {
            return new Done("deployment \"" + workload.name() + "\" successfully rolled out");
        }
        if (workload.deadlineExceeded().isPresent() && !workload.paused()) {
            return new Failed(deadlineExceeded(workload, troubles));
        }
        return new Waiting("Waiting for deployment \"" + workload.name() + "\" rollout to finish: " + missing.get()
                + because(workload, troubles));
    }

    /**
     * What kubectl would wait for; unlike kubectl also for pods beyond a scale that has just become smaller, and for a paused
     * one to show a pod of its template: Kubernetes makes none while it is paused, and the next scale brings back the former.
     */
    private static Optional<String> missing(Observation.Workload workload) {
        if (workload.paused() && workload.desired() == 0) {
            return Optional.of("it is paused and has no pods to show the new template...");
        }
        if (workload.updated() < workload.desired()) {
            return Optional.of(
                    workload.updated() + " out of " + workload.desired() + " new replicas have been updated...");
        }
        int old = workload.current() - Math.min(workload.updated(), workload.desired());
        if (old > 0) {
            return Optional.of(old + " old replicas are pending termination...");
        }
        if (workload.available() < workload.updated()) {
            return Optional.of(
                    workload.available() + " of " + workload.updated() + " updated replicas are available...");
        }
        return Optional.empty();
    }

    private static Trouble deadlineExceeded(Observation.Workload workload, List<Trouble> troubles) {
        var exceeded = "deployment \"" + workload.name() + "\" exceeded its progress deadline";
        return troubles.stream()
                .findFirst()
                .or(() -> workload.replicaFailure().map(Progress::replicaFailure))
                .map(trouble -> new Trouble(trouble.kind(), exceeded + "; " + trouble.detail()))
                .orElseGet(() -> new Trouble(Trouble.Kind.DEADLINE_EXCEEDED, exceeded));
    }

    private static Trouble replicaFailure(String message) {
        return new Trouble(
                message.contains("exceeded quota") ? Trouble.Kind.QUOTA_EXCEEDED : Trouble.Kind.FORBIDDEN, message);
    }

    private static String because(Observation.Workload workload, List<Trouble> troubles) {
        Optional<String> first = troubles.stream().map(Trouble::toString).findFirst();
        return first.or(workload::replicaFailure)
                .map(cause -> " (" + cause + ")")
                .orElse("");
    }
}
