package dev.shiplog.protocol.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application over all its clusters: what it is to be, from the history, and what the clusters show now.
 *
 * @param revision the newest
 * @param message what it waits for, or what is wrong, in a sentence
 * @param strategy {@code rolling} or {@code recreate}
 */
public record AppView(
        String name,
        String namespace,
        Phase phase,
        int revision,
        String message,
        String strategy,
        List<String> images,
        Replicas replicas,
        Instant updated,
        List<OnCluster> clusters) {

    /** Pods as counted by Kubernetes; over several workloads or clusters, their sums. */
    public record Replicas(int desired, int current, int updated, int ready, int available) {}

    /**
     * The application on one cluster.
     *
     * @param revision that the cluster is to run
     * @param externalAddress of its Service of type LoadBalancer, once it is known
     * @param troubles what stands in the way, by named cause
     * @param seen when the cluster last showed something; absent before it did
     */
    public record OnCluster(
            String name,
            Map<String, String> labels,
            Phase phase,
            int revision,
            List<String> images,
            Replicas replicas,
            String message,
            @Nullable String externalAddress,
            boolean paused,
            List<TroubleView> troubles,
            List<Workload> workloads,
            @Nullable Instant seen) {}

    public record Workload(String kind, String name, List<String> images, Replicas replicas) {}

    /** @param cause e.g. {@code ImagePull}, {@code Unreachable} */
    public record TroubleView(String cause, String detail) {}
}
