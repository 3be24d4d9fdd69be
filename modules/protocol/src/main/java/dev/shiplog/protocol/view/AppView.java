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
 * @param strategy {@code rolling}, {@code recreate}, {@code canary} or {@code blueGreen}
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
     * @param replicas of all that the rollout has now; pods that are only kept for a while don't count
     * @param externalAddress of its Service of type LoadBalancer, once it is known
     * @param troubles what stands in the way, by named cause
     * @param seen when the cluster last showed something; absent before it did
     * @param strategy there: clusters of one release may have several
     * @param standing what the cluster has said about what was last asked: {@code Owed} (nothing yet), {@code Held},
     *     {@code Completed}, {@code Aborted} or {@code Failed}
     * @param step that the rollout is in; absent where it has none, or is over
     * @param heldUntil when a rollout that is held goes on by itself; absent: when it is promoted
     * @param weight the canary's share; absent where there is no canary
     * @param active the colour that users come to, as the cluster shows it
     * @param preview the colour that is there to be looked at
     * @param keptUntil how long the former pods stay
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
            @Nullable Instant seen,
            String strategy,
            String standing,
            @Nullable Step step,
            @Nullable Instant heldUntil,
            @Nullable Weight weight,
            @Nullable String active,
            @Nullable String preview,
            @Nullable Instant keptUntil) {}

    /**
     * A step of the strategy.
     *
     * @param index counted from 1
     * @param name as it is written: {@code setWeight: 25}, {@code pause: until promoted}
     */
    public record Step(int index, int of, String name) {}

    /**
     * A canary's share in per cent.
     *
     * @param wanted by the present step; absent where it asks for none
     * @param actual the canary's part of the ready endpoints behind the Services, or of the available pods where there
     *     is no Service; absent until they are seen
     * @param of {@code clients} where each client stays on one version, so that its requests go where its first one
     *     went; {@code requests} where an HTTPRoute divides them; {@code pods} where nobody comes by a Service; absent:
     *     of the pods, and so of the requests
     */
    public record Weight(
            @Nullable Integer wanted,
            @Nullable Integer actual,
            @Nullable String of) {}

    /**
     * @param role {@code stable}, {@code canary}, {@code active}, {@code preview} or {@code kept}; absent where there is
     *     only one part to play
     * @param revision whose pods these are; 0 where the cluster doesn't say
     */
    public record Workload(
            String kind,
            String name,
            List<String> images,
            Replicas replicas,
            @Nullable String role,
            int revision) {}

    /** @param cause e.g. {@code ImagePull}, {@code Unreachable} */
    public record TroubleView(String cause, String detail) {}
}
