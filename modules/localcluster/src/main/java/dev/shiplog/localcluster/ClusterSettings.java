package dev.shiplog.localcluster;

import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one local cluster is like.
 *
 * @param timeToReady from a pod's binding to its readiness
 * @param dataFolder where objects are kept over a restart; null: in memory only
 * @param apiPort 0: any free one
 * @param trafficPort where the Services answer; 0: any free one, -1: nowhere
 * @param tokens bearer tokens that are accepted; empty: everybody is an administrator
 * @param gatewayApi whether HTTPRoutes are served
 * @param tls whether the API answers over HTTPS
 * @param seed of uids and name suffixes
 */
public record ClusterSettings(
        String name,
        List<NodeSettings> nodes,
        Duration timeToReady,
        @Nullable Path dataFolder,
        int apiPort,
        int trafficPort,
        List<String> tokens,
        boolean gatewayApi,
        boolean tls,
        long seed) {

    /** What the API serves. */
    List<Kind> kinds() {
        return Kinds.ALL.stream()
                .filter(kind -> gatewayApi || !Kinds.OF_GATEWAY_API.contains(kind))
                .toList();
    }

    /**
     * One node of the cluster.
     *
     * @param cpu as Kubernetes writes it: {@code 32}
     * @param memory as Kubernetes writes it: {@code 128Gi}
     */
    public record NodeSettings(String name, String cpu, String memory, String region, String zone) {}
}
