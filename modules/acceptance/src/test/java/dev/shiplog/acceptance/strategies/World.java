package dev.shiplog.acceptance.strategies;

import dev.shiplog.acceptance.running.Commands;
import dev.shiplog.acceptance.running.Eventually;
import dev.shiplog.acceptance.running.Typed;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.server.local.LocalInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole installation in this JVM, over three local clusters whose pods are quick to become ready. */
final class World implements AutoCloseable {

    static final String SEOUL = "gke-seoul";
    static final String VIRGINIA = "eks-virginia";
    static final String BUSAN = "onprem-busan";

    private static final Duration TIME_TO_READY = Duration.ofMillis(300);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final Map<String, LocalCluster> clusters = new LinkedHashMap<>();
    private final LocalInstallation installation;

    World(Path folder) throws IOException {
        this.folder = folder;
        for (var name : List.of(SEOUL, VIRGINIA, BUSAN)) {
            var cluster = settings(name).start();
            clusters.put(name, cluster);
            var home = Files.createDirectories(folder.resolve("clusters").resolve(name));
            Files.writeString(home.resolve("kubeconfig"), cluster.kubeconfig());
            Files.writeString(home.resolve("cluster.yaml"), """
                    apiVersion: shiplog.dev/v1
                    kind: Cluster
                    metadata: {name: %s}
                    spec: {connection: {kubeconfig: {path: kubeconfig}}, qps: 200, burst: 400}
                    """.formatted(name));
        }
        this.installation = LocalInstallation.start(folder.resolve("data"), folder.resolve("clusters"), 0, line -> {});
    }

    /** All but the one in Busan have the Gateway API. */
    private static LocalCluster.Builder settings(String name) {
        var settings = LocalCluster.named(name).timeToReady(TIME_TO_READY);
        return name.equals(BUSAN) ? settings : settings.gatewayApi();
    }

    LocalCluster cluster(String name) {
        return Objects.requireNonNull(clusters.get(name));
    }

    /** Where files may be written. */
    Path folder() {
        return folder;
    }

    // ---- what people do

    private Typed typed() {
        return new Typed(installation.endpoints().api());
    }

    Visitor visitor(String cluster, String app) {
        return new Visitor(cluster(cluster), app);
    }

    /** Users who come by an HTTPRoute. */
    Visitor visitor(String cluster, String app, String route) {
        return new Visitor(cluster(cluster), app, route);
    }

    /** What may be refused or go wrong. */
    Typed.Said run(String line) {
        return typed().run(line);
    }

    String type(String line) {
        return typed().must(line);
    }

    /** Submits the release, and waits until it is healthy. */
    void ship(ReleaseFile release) throws IOException {
        type("apply -f " + release.in(folder) + " --wait --timeout 120s");
    }

    void apply(ReleaseFile release) throws IOException {
        type("apply -f " + release.in(folder));
    }

    /** An action of proto/shiplog/v1/command.proto, e.g. {@code "promote": {}}. */
    void command(String app, String action) throws IOException, InterruptedException {
        new Commands(installation.endpoints().api()).must(app, action);
    }

    ByHand byHand(String cluster) {
        return new ByHand(cluster(cluster));
    }

    // ---- what people see

    /** The colour that a Service selects on a cluster. */
    String colour(String service, String cluster) {
        return service(service, cluster)
                .at("/spec/selector")
                .path("shiplog.dev/colour")
                .asString("");
    }

    /** How it is on a cluster, e.g. {@code Healthy} or {@code Paused}. */
    String phase(String app, String cluster) {
        return JSON.readTree(type("get app " + app + " -o json"))
                .path("clusters")
                .valueStream()
                .filter(each -> each.path("name")
                        .asString(each.path("cluster").asString())
                        .equals(cluster))
                .map(each -> each.path("phase").asString())
                .findFirst()
                .orElse("");
    }

    /** Waits until something of it says so. */
    void awaitMessage(String app, String part) {
        Eventually.isComplete(app + " says " + part, () -> {
            var shown = type("get app " + app + " -o json");
            return shown.contains(part) ? Optional.empty() : Optional.of(shown);
        });
    }

    /** Waits until it is so on a cluster, and these Deployments have so many pods of which so many are ready. */
    void await(String app, String cluster, String phase, Map<String, String> pods) {
        Eventually.isComplete(app + " on " + cluster + " is " + phase + " with " + pods, () -> {
            var present = phase(app, cluster) + " " + pods(app, cluster);
            return present.equals(phase + " " + new TreeMap<>(pods))
                    ? Optional.empty()
                    : Optional.of("it is " + present + ": " + type("get app " + app));
        });
    }

    /** Of each Deployment of the application, pods that are not going, and how many of them are ready: {@code 3/2}. */
    Map<String, String> pods(String app, String cluster) {
        var pods = new TreeMap<String, String>();
        for (var deployment : list(cluster, Kinds.DEPLOYMENT)) {
            if (of(app, deployment)) {
                pods.put(
                        name(deployment),
                        deployment.at("/status/replicas").asInt(0) + "/"
                                + deployment.at("/status/readyReplicas").asInt(0));
            }
        }
        return pods;
    }

    /** The names of the pods of a Deployment. */
    Set<String> podNames(String deployment, String cluster) {
        var names = new TreeSet<String>();
        for (var pod : list(cluster, Kinds.POD)) {
            if (name(pod).matches(deployment + "-[a-z0-9]{1,10}-[a-z0-9]{5}")
                    && pod.at("/metadata/deletionTimestamp").isMissingNode()) {
                names.add(name(pod));
            }
        }
        return names;
    }

    /** Everything on a cluster that carries the application's label and is no child of a controller. */
    Set<String> objects(String app, String cluster) {
        var names = new TreeSet<String>();
        for (var kind : List.of(Kinds.DEPLOYMENT, Kinds.SERVICE, Kinds.CONFIG_MAP)) {
            list(cluster, kind).stream()
                    .filter(object -> of(app, object))
                    .forEach(object ->
                            names.add(kind.equals(Kinds.CONFIG_MAP) ? "ConfigMap" : kind.name() + "/" + name(object)));
        }
        return names;
    }

    void awaitBackends(String route, String cluster, String expected) {
        Eventually.isComplete(route + " on " + cluster + " sends to " + expected, () -> {
            var present = byHand(cluster).backends(route);
            return present.equals(expected) ? Optional.empty() : Optional.of("it is " + present);
        });
    }

    ObjectNode service(String app, String cluster) {
        return list(cluster, Kinds.SERVICE).stream()
                .filter(service -> name(service).equals(app))
                .findFirst()
                .orElseThrow();
    }

    private List<ObjectNode> list(String cluster, Kind kind) {
        var present = cluster(cluster);
        return List.copyOf(present.onLoop(() -> present.store().list(kind, "default")));
    }

    private static boolean of(String app, JsonNode object) {
        return object.at("/metadata/labels")
                .path("app.kubernetes.io/name")
                .asString("")
                .equals(app);
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    @Override
    public void close() {
        installation.close();
        clusters.values().forEach(LocalCluster::close);
    }
}
