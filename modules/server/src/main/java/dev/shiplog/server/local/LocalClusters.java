package dev.shiplog.server.local;

import dev.shiplog.embedded.Endpoints;
import dev.shiplog.embedded.StartFailure;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.server.fleet.ClusterDefinition;
import dev.shiplog.server.fleet.ClusterDefinition.Connection;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The clusters of a fleet that are declared {@code local}: started in this JVM, each with a folder of its own where its
 * objects stay and its kubeconfig lies.
 */
public final class LocalClusters implements AutoCloseable {

    private final Map<String, LocalCluster> clusters = new LinkedHashMap<>();
    private final Map<String, Path> kubeconfigs = new LinkedHashMap<>();

    /** @param folder that gets a folder per cluster */
    public static LocalClusters start(Vertx vertx, Path folder, List<ClusterDefinition> definitions) {
        var started = new LocalClusters();
        try {
            for (var definition : definitions) {
                if (definition.connection() instanceof Connection.Local local) {
                    started.start(vertx, folder.resolve(definition.name()), definition.name(), local);
                }
            }
            return started;
        } catch (IOException e) {
            started.close();
            throw new StartFailure(
                    "Can't start the local clusters under " + folder + ": " + e.getMessage(),
                    "Check that the folder can be written by this user, or name another one with --data.",
                    e);
        }
    }

    private void start(Vertx vertx, Path folder, String name, Connection.Local local) throws IOException {
        Files.createDirectories(folder);
        var settings = LocalCluster.named(name).vertx(vertx).dataFolder(folder.resolve("objects"));
        var cluster = (local.gatewayApi() ? settings.gatewayApi() : settings).start();
        clusters.put(name, cluster);
        var kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, cluster.kubeconfig());
        kubeconfigs.put(name, kubeconfig);
    }

    /** The definitions with every local cluster reached by the kubeconfig that was written for it. */
    public List<ClusterDefinition> reachable(List<ClusterDefinition> definitions) {
        return definitions.stream()
                .map(definition -> Optional.ofNullable(kubeconfigs.get(definition.name()))
                        .map(kubeconfig ->
                                definition.reachedBy(new Connection.Kubeconfig(kubeconfig, Optional.empty())))
                        .orElse(definition))
                .toList();
    }

    public List<Endpoints.LocalCluster> endpoints() {
        return kubeconfigs.entrySet().stream()
                .map(kubeconfig -> new Endpoints.LocalCluster(
                        kubeconfig.getKey(),
                        kubeconfig.getValue().toString(),
                        Objects.requireNonNull(clusters.get(kubeconfig.getKey()))
                                .trafficUrl()))
                .toList();
    }

    public Optional<LocalCluster> cluster(String name) {
        return Optional.ofNullable(clusters.get(name));
    }

    @Override
    public void close() {
        new ArrayList<>(clusters.values()).reversed().forEach(LocalCluster::close);
    }
}
