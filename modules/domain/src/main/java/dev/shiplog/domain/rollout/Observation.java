package dev.shiplog.domain.rollout;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * What a cluster shows of an application.
 *
 * @param externalAddress of the application's Service of type LoadBalancer, once it is known
 * @param troubles what keeps pods from becoming available, as far as it was looked up
 * @param still the progress deadline of its Deployments, once nothing has changed for so long
 */
public record Observation(
        ApplicationName application,
        String cluster,
        Instant at,
        List<Workload> workloads,
        List<Service> services,
        Optional<String> externalAddress,
        List<Trouble> troubles,
        Optional<Duration> still) {

    public Observation(
            ApplicationName application,
            String cluster,
            Instant at,
            List<Workload> workloads,
            List<Service> services,
            Optional<String> externalAddress,
            List<Trouble> troubles) {
        this(application, cluster, at, workloads, services, externalAddress, troubles, Optional.empty());
    }

    public Observation {
        workloads = List.copyOf(workloads);
        services = List.copyOf(services);
        troubles = List.copyOf(troubles);
    }

    /** That nothing is there. */
    public static Observation nothing(ApplicationName application, String cluster, Instant at) {
        return new Observation(application, cluster, at, List.of(), List.of(), Optional.empty(), List.of());
    }

    /** The lowest generation that its workloads carry; 0 where there are none. */
    public int generation() {
        return workloads.stream()
                .mapToInt(workload -> workload.mark().generation())
                .min()
                .orElse(0);
    }

    /** The lowest revision whose pods there are; 0 where there are none. */
    public int revision() {
        return workloads.stream().mapToInt(Workload::revision).min().orElse(0);
    }

    /** How new the writing is that an object carries: first by generation, then by how far the rollout was. */
    public record Mark(int generation, int leg) implements Comparable<Mark> {

        private static final Comparator<Mark> ORDER =
                Comparator.comparingInt(Mark::generation).thenComparingInt(Mark::leg);

        @Override
        public int compareTo(Mark other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A Deployment as its status tells. Counters mean nothing before {@code observedGeneration >= generation}.
     *
     * @param mark of the writing it carries; 0, 0 where it is not ours
     * @param revision whose pods they are; 0 where it is not ours
     * @param desired {@code spec.replicas}
     * @param current pods of all revisions that are not being deleted
     * @param deadlineExceeded the message of the condition {@code Progressing=False, ProgressDeadlineExceeded}
     * @param replicaFailure the message of the condition {@code ReplicaFailure=True}, e.g. an exceeded quota
     */
    public record Workload(
            String name,
            Mark mark,
            int revision,
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

        public Workload exceeding(Optional<String> deadline) {
            return new Workload(
                    name,
                    mark,
                    revision,
                    generation,
                    observedGeneration,
                    desired,
                    current,
                    updated,
                    ready,
                    available,
                    paused,
                    images,
                    deadline,
                    replicaFailure);
        }
    }

    /**
     * A Service, and where its requests go.
     *
     * @param mark of the writing it carries
     * @param ready the number of ready endpoints by the name of the Deployment whose pods they are; what is no
     *     Deployment's is under the empty name
     */
    public record Service(
            String name, Mark mark, SequencedMap<String, String> selector, SequencedMap<String, Integer> ready) {
        public Service {
            selector = java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(selector));
            ready = java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(ready));
        }

        public Service(String name, Map<String, String> selector, Map<String, Integer> ready) {
            this(name, new Mark(0, 0), selector, ready);
        }

        public Service(String name, Mark mark, Map<String, String> selector, Map<String, Integer> ready) {
            this(name, mark, (SequencedMap<String, String>) new TreeMap<>(selector), new TreeMap<>(ready));
        }
    }
}
