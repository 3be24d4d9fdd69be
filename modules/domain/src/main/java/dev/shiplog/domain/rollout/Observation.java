package dev.shiplog.domain.rollout;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster shows of an application.
 *
 * @param generation the lowest generation that the workloads are marked with
 * @param revision the revision that the workloads are marked with; 0 where they are not
 * @param externalAddress of the application's Service of type LoadBalancer, once it is known
 * @param troubles what keeps pods from becoming available, as far as it was looked up
 */
public record Observation(
        ApplicationName application,
        String cluster,
        Instant at,
        int generation,
        int revision,
        List<Workload> workloads,
        Optional<String> externalAddress,
        List<Trouble> troubles) {

    public Observation {
        workloads = List.copyOf(workloads);
        troubles = List.copyOf(troubles);
    }

    /**
     * A Deployment as its status tells. Counters mean nothing before {@code observedGeneration >= generation}.
     *
     * @param desired {@code spec.replicas}
     * @param current pods of all revisions that are not being deleted
     * @param deadlineExceeded the message of the condition {@code Progressing=False, ProgressDeadlineExceeded}
     * @param replicaFailure the message of the condition {@code ReplicaFailure=True}, e.g. an exceeded quota
     */
    public record Workload(
            String name,
            long generation,
            long observedGeneration,
            int desired,
            int current,
            int updated,
            int ready,
            int available,
            boolean paused,
            List<String> images,
            Optional<String> deadlineExceeded,
            Optional<String> replicaFailure) {
        public Workload {
            images = List.copyOf(images);
        }
    }
}
