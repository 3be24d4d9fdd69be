package dev.shiplog.server;

import dev.shiplog.kubernetes.ClusterConnection;
import dev.shiplog.server.fleet.ClusterDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the gateways reach the clusters that the fleet's folder declares. */
final class Connections {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Map<String, ClusterDefinition> definitions;
    private final int requestsUnderWay;

    Connections(List<ClusterDefinition> definitions, int requestsUnderWay) {
        this.requestsUnderWay = requestsUnderWay;
        this.definitions = definitions.stream().collect(Collectors.toMap(ClusterDefinition::name, Function.identity()));
    }

    ClusterConnection of(String cluster) {
        var definition = Optional.ofNullable(definitions.get(cluster))
                .orElseThrow(() -> new IllegalArgumentException(
                        "cluster \"" + cluster + "\" is not declared; add clusters/" + cluster + "/cluster.yaml"));
        return new ClusterConnection(
                access(definition),
                definition.namespaces(),
                definition.qps(),
                definition.burst(),
                requestsUnderWay,
                CONNECT,
                ANSWER);
    }

    private static ClusterConnection.Access access(ClusterDefinition definition) {
        return switch (definition.connection()) {
            case ClusterDefinition.Connection.Kubeconfig kubeconfig ->
                new ClusterConnection.Access.Kubeconfig(kubeconfig.path(), kubeconfig.context());
            case ClusterDefinition.Connection.InCluster ignored -> new ClusterConnection.Access.InCluster();
            case ClusterDefinition.Connection.Local ignored ->
                throw new IllegalArgumentException("cluster \"" + definition.name()
                        + "\" is local, which only \"shiplog up\" and \"shiplog demo\" start; give it a kubeconfig in its "
                        + "cluster.yaml");
        };
    }
}
