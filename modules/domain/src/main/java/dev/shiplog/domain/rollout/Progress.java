package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
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
        for (var workload : observation.workloads()) {
            var progress = of(workload, observation);
            if (!(progress instanceof Done)) {
                return progress;
            }
        }
        return observation.workloads().size() == 1
                ? of(observation.workloads().getFirst(), observation)
                : new Done("successfully rolled out");
    }

    private static Progress of(Observation.Workload workload, Observation observation) {
        if (workload.observedGeneration() < workload.generation()) {
            return new Waiting("Waiting for deployment spec update to be observed...");
        }
        if (workload.deadlineExceeded().isPresent() && !workload.paused()) {
            return new Failed(deadlineExceeded(workload, observation));
        }
        var waiting = "Waiting for deployment \"" + workload.name() + "\" rollout to finish: ";
        if (workload.updated() < workload.desired()) {
            return new Waiting(waiting + workload.updated() + " out of " + workload.desired()
                    + " new replicas have been updated..." + because(workload, observation));
        }
        if (workload.current() > workload.updated()) {
            return new Waiting(waiting + (workload.current() - workload.updated())
                    + " old replicas are pending termination..." + because(workload, observation));
        }
        if (workload.available() < workload.updated()) {
            return new Waiting(waiting + workload.available() + " of " + workload.updated()
                    + " updated replicas are available..." + because(workload, observation));
        }
        return new Done("deployment \"" + workload.name() + "\" successfully rolled out");
    }

    private static Trouble deadlineExceeded(Observation.Workload workload, Observation observation) {
        var exceeded = "deployment \"" + workload.name() + "\" exceeded its progress deadline";
        return observation.troubles().stream()
                .findFirst()
                .map(trouble -> new Trouble(trouble.kind(), exceeded + "; " + trouble.detail()))
                .orElseGet(() -> new Trouble(Trouble.Kind.DEADLINE_EXCEEDED, exceeded));
    }

    private static String because(Observation.Workload workload, Observation observation) {
        Optional<String> first =
                observation.troubles().stream().map(Trouble::toString).findFirst();
        return first.or(workload::replicaFailure)
                .map(cause -> " (" + cause + ")")
                .orElse("");
    }
}
