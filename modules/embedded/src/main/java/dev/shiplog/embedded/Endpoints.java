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

    /** A local cluster and the path of the kubeconfig that reaches it. */
    public record LocalCluster(String name, String kubeconfig) {}
}
