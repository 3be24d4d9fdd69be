package dev.shiplog.acceptance.kills;

import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Three clusters in the test's own process, so that they outlive every kill of Shiplog, as real ones do. Each is reached
 * over a {@link Line} by a kubeconfig.
 */
final class Fleet implements AutoCloseable {

    static final List<String> NAMES = List.of("gke-seoul", "eks-virginia", "onprem-busan");
    private static final String NAMESPACE = "default";

    /** A Deployment as a cluster has it. */
    record Deployed(List<String> images, int replicas, boolean paused, int current, int updated, int available) {
        boolean isDone() {
            return current == replicas && updated == replicas && available == replicas;
        }

        boolean isBetweenTwo() {
            return updated > 0 && current > updated;
        }
    }

    private final Map<String, LocalCluster> clusters = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Path folder;

    private Fleet(Path folder) {
        this.folder = folder;
    }

    static Fleet start(Path folder, Duration timeToReady) throws IOException {
        var fleet = new Fleet(folder);
        for (String name : NAMES) {
            var cluster = LocalCluster.named(name)
                    .gatewayApi()
                    .timeToReady(timeToReady)
                    .start();
            var line = new Line(URI.create(cluster.url()).getPort());
            fleet.clusters.put(name, cluster);
            fleet.lines.put(name, line);
            var home = Files.createDirectories(folder.resolve(name));
            Files.writeString(home.resolve("kubeconfig"), cluster.kubeconfig().replace(cluster.url(), line.url()));
            Files.writeString(home.resolve("cluster.yaml"), """
                    apiVersion: shiplog.dev/v1
                    kind: Cluster
                    metadata:
                      name: %s
                    spec:
                      connection:
                        kubeconfig: {path: kubeconfig}
                      qps: 100
                      burst: 200
                    """.formatted(name));
        }
        return fleet;
    }

    /** The folder with a folder per cluster. */
    Path folder() {
        return folder;
    }

    LocalCluster cluster(String name) {
        return java.util.Objects.requireNonNull(clusters.get(name));
    }

    Line line(String cluster) {
        return java.util.Objects.requireNonNull(lines.get(cluster));
    }

    /** The Deployments of each cluster by their names, both in order. */
    Map<String, Map<String, Deployed>> deployments() {
        var all = new TreeMap<String, Map<String, Deployed>>();
        clusters.forEach((name, cluster) -> {
            var deployments = new TreeMap<String, Deployed>();
            cluster.onLoop(() -> cluster.store().list(Kinds.DEPLOYMENT, NAMESPACE))
                    .forEach(object ->
                            deployments.put(object.at("/metadata/name").asString(), deployed(object)));
            all.put(name, deployments);
        });
        return all;
    }

    private static Deployed deployed(JsonNode object) {
        var containers = object.at("/spec/template/spec/containers");
        return new Deployed(
                StreamSupport.stream(containers.spliterator(), false)
                        .map(container -> container.path("image").asString())
                        .toList(),
                object.at("/spec/replicas").asInt(),
                object.at("/spec/paused").asBoolean(false),
                object.at("/status/replicas").asInt(0),
                object.at("/status/updatedReplicas").asInt(0),
                object.at("/status/availableReplicas").asInt(0));
    }

    @Override
    public void close() throws IOException {
        for (var line : lines.values()) {
            line.close();
        }
        clusters.values().forEach(LocalCluster::close);
    }
}
