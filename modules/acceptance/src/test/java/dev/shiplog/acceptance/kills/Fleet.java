package dev.shiplog.acceptance.kills;

import dev.shiplog.acceptance.kills.Stock.Deployed;
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
import java.util.Objects;
import java.util.TreeMap;

/**
 * Three clusters in the test's own process, so that they outlive every kill of Shiplog, as real ones do. Each is reached
 * over a {@link Line} by a kubeconfig.
 */
final class Fleet implements AutoCloseable {

    static final List<String> NAMES = List.of("gke-seoul", "eks-virginia", "onprem-busan");
    private static final String NAMESPACE = "default";

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
        return Objects.requireNonNull(clusters.get(name));
    }

    Line line(String cluster) {
        return Objects.requireNonNull(lines.get(cluster));
    }

    /** What there is on each cluster. */
    Map<String, Stock> stock() {
        var all = new TreeMap<String, Stock>();
        clusters.forEach((name, cluster) -> {
            var stock = new Stock();
            for (var kind : List.of(Kinds.DEPLOYMENT, Kinds.SERVICE, Kinds.CONFIG_MAP)) {
                cluster.onLoop(() -> cluster.store().list(kind, NAMESPACE)).forEach(stock::add);
            }
            all.put(name, stock);
        });
        return all;
    }

    /** The Deployments of each cluster by their names, both in order. */
    Map<String, Map<String, Deployed>> deployments() {
        var all = new TreeMap<String, Map<String, Deployed>>();
        stock().forEach((cluster, stock) -> all.put(cluster, stock.deployments()));
        return all;
    }

    /** What a cluster has of an application's workloads and pods, for the message of a failure. */
    String describe(String app) {
        var words = new StringBuilder();
        clusters.forEach((name, cluster) -> List.of(Kinds.DEPLOYMENT, Kinds.REPLICA_SET, Kinds.POD)
                .forEach(kind -> cluster.onLoop(() -> cluster.store().list(kind, NAMESPACE)).stream()
                        .filter(object -> object.at("/metadata/name").asString().matches(app + "(-.*)?"))
                        .map(object -> "\n" + name + " " + kind.name() + " " + object.at("/metadata/name") + " "
                                + object.at("/spec/replicas") + " " + object.at("/spec/strategy") + " "
                                + object.path("status"))
                        .forEach(words::append)));
        return words.toString();
    }

    @Override
    public void close() throws IOException {
        for (var line : lines.values()) {
            line.close();
        }
        clusters.values().forEach(LocalCluster::close);
    }
}
