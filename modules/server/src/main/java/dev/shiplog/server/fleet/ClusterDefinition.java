package dev.shiplog.server.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster as its {@code cluster.yaml} declares it.
 *
 * @param namespaces the only ones that Shiplog may see and write there; empty: all
 * @param qps requests per second that Shiplog allows itself there
 * @param burst requests that may come at once
 */
public record ClusterDefinition(
        String name,
        Map<String, String> labels,
        Connection connection,
        List<String> namespaces,
        double qps,
        int burst) {

    public ClusterDefinition {
        labels = Map.copyOf(labels);
        namespaces = List.copyOf(namespaces);
    }

    public ClusterDefinition reachedBy(Connection other) {
        return new ClusterDefinition(name, labels, other, namespaces, qps, burst);
    }

    /** How the cluster is reached. */
    public sealed interface Connection {

        /**
         * Runs in Shiplog's own process.
         *
         * @param gatewayApi whether it has the Gateway API, so that HTTPRoutes divide requests
         */
        record Local(boolean gatewayApi) implements Connection {}

        /** @param context of the kubeconfig; empty: its current one */
        record Kubeconfig(Path path, Optional<String> context) implements Connection {}

        /** The cluster that Shiplog itself runs in, by its service account. */
        record InCluster() implements Connection {}
    }
}
