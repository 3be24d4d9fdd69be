package dev.shiplog.embedded;

import java.util.List;

/**
 * Where everything of a running installation is found, as written to {@code endpoints.json}.
 *
 * @param api      base URL of the HTTP API
 * @param kafka    bootstrap servers
 * @param postgres JDBC URL, user and password included
 */
public record Endpoints(String api, String kafka, String postgres, List<LocalCluster> clusters) {

    public Endpoints {
        clusters = List.copyOf(clusters);
    }

    /**
     * A local cluster.
     *
     * @param kubeconfig the path of the one that reaches it
     * @param traffic base URL that its Services answer under: {@code TRAFFIC/NAMESPACE/SERVICE/version}
     */
    public record LocalCluster(String name, String kubeconfig, String traffic) {}
}
