package dev.shiplog.simulation;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.kubernetes.ClusterConnection;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Credentials;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.write.Applier;
import dev.shiplog.kubernetes.write.Deleter;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.time.DrivenTimers;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A local cluster on driven time, written to by what writes to real ones. */
final class LocalTwin implements Twin {

    private static final String MANAGER = "fieldManager=shiplog&force=false";
    private static final List<Kind> KINDS = List.of(Kinds.DEPLOYMENT, Kinds.SERVICE, Kinds.CONFIG_MAP);

    private interface Request {
        void send() throws TroubleException, InterruptedException;
    }

    private final DrivenTimers timers = new DrivenTimers(Instant.parse("2026-01-01T00:00:00.100Z"));
    private final LocalCluster cluster;
    private final ApiServer server;
    private final Resources resources;

    LocalTwin(Path folder, Vertx vertx) throws IOException {
        cluster = LocalCluster.named("eu-1").vertx(vertx).timers(timers).start();
        var file = Files.writeString(folder.resolve("eu-1.kubeconfig"), cluster.kubeconfig());
        var connection = new ClusterConnection(new ClusterConnection.Access.Kubeconfig(file, Optional.empty()));
        server = new ApiServer("eu-1", connection, Credentials.of(connection), new Vertx5HttpClientFactory(vertx));
        resources = new Resources(server, List.of());
    }

    @Override
    public String apply(RolloutTask.Apply task) {
        var applier = new Applier(server, resources, (application, secret, key, cipher) -> new byte[0]);
        return answer(() -> applier.apply(task, written -> {}));
    }

    @Override
    public String delete(RolloutTask.Delete task) {
        return answer(() -> new Deleter(server, resources).delete(task, gone -> {}));
    }

    private static String answer(Request request) {
        try {
            request.send();
            return "done";
        } catch (TroubleException met) {
            return met.trouble().kind().toString();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public String write(KubernetesObject object, Version read) {
        // What is not there is applied with a version that no object of ours ever has.
        var version = Json.text(read.text().orElse("1"));
        var json = object.json().withObject("metadata", metadata -> metadata.with("resourceVersion", version));
        try {
            var answer = server.apply(resources.path(object.key()), MANAGER, json);
            return answer.isSuccess()
                    ? "done"
                    : answer.refusal().isStale() ? "stale" : answer.refusal().message();
        } catch (TroubleException met) {
            return met.trouble().toString();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public Version version(ObjectKey key) {
        return new Version(objects(KINDS.stream()
                        .filter(kind -> kind.name().equals(key.kind()))
                        .findFirst()
                        .orElseThrow())
                .filter(object -> object.at("/metadata/name").asString().equals(key.name()))
                .map(object -> object.at("/metadata/resourceVersion").asString())
                .findFirst());
    }

    @Override
    public void wipe() {
        for (var kind : KINDS) {
            objects(kind)
                    .map(object ->
                            kind.key("default", object.at("/metadata/name").asString()))
                    .forEach(key -> cluster.onLoop(
                            () -> Objects.requireNonNull(cluster.store().delete(key, Deletion.BACKGROUND))));
        }
    }

    @Override
    public void pass(long millis) {
        timers.advance(Duration.ofMillis(millis));
    }

    @Override
    public Observation look() {
        return new Observation(
                APPLICATION,
                "eu-1",
                WHENEVER,
                objects(Kinds.DEPLOYMENT).map(LocalTwin::workload).toList(),
                objects(Kinds.SERVICE).map(this::service).toList(),
                Optional.empty(),
                List.of());
    }

    private Stream<JsonNode> objects(Kind kind) {
        return cluster.onLoop(() -> List.<JsonNode>copyOf(cluster.store().list(kind))).stream()
                .filter(object -> annotation(object, Rendering.APPLICATION).equals(APPLICATION.toString()));
    }

    private static String annotation(JsonNode object, String name) {
        return object.at("/metadata/annotations").path(name).asString("");
    }

    private static Observation.Workload workload(JsonNode deployment) {
        var spec = deployment.path("spec");
        var status = deployment.path("status");
        return new Observation.Workload(
                deployment.at("/metadata/name").asString(),
                new Mark(
                        Integer.parseInt(annotation(deployment, Rendering.GENERATION)),
                        Integer.parseInt(annotation(deployment, Rendering.LEG))),
                Integer.parseInt(annotation(deployment, Rendering.REVISION)),
                deployment.at("/metadata/generation").asLong(),
                status.path("observedGeneration").asLong(0),
                spec.path("replicas").asInt(),
                status.path("replicas").asInt(0),
                status.path("updatedReplicas").asInt(0),
                status.path("readyReplicas").asInt(0),
                status.path("availableReplicas").asInt(0),
                spec.path("paused").asBoolean(false),
                spec.at("/template/spec/containers")
                        .valueStream()
                        .map(container -> container.path("image").asString())
                        .toList(),
                status.path("conditions")
                        .valueStream()
                        .filter(condition ->
                                condition.path("reason").asString("").equals("ProgressDeadlineExceeded"))
                        .map(condition -> SimulatedDeployment.TIMED_OUT)
                        .findFirst(),
                Optional.empty());
    }

    private Observation.Service service(JsonNode service) {
        var selector = new TreeMap<String, String>();
        service.at("/spec/selector")
                .properties()
                .forEach(label -> selector.put(label.getKey(), label.getValue().asString()));
        var name = service.at("/metadata/name").asString();
        Map<String, Integer> ready = new TreeMap<>();
        cluster.onLoop(() -> List.copyOf(cluster.store().list(Kinds.ENDPOINT_SLICE))).stream()
                .filter(slice -> slice.at("/metadata/labels")
                        .path("kubernetes.io/service-name")
                        .asString("")
                        .equals(name))
                .flatMap(slice -> slice.path("endpoints").valueStream())
                .filter(endpoint -> endpoint.at("/conditions/ready").asBoolean())
                .forEach(endpoint ->
                        ready.merge(deployment(endpoint.at("/targetRef/name").asString()), 1, Integer::sum));
        return new Observation.Service(name, selector, ready);
    }

    /** The pod's name less what its ReplicaSet and it were given by chance. */
    private static String deployment(String pod) {
        return pod.replaceFirst("-[^-]+-[^-]+$", "");
    }

    @Override
    public Set<ObjectKey> there() {
        var there = new HashSet<ObjectKey>();
        for (var kind : KINDS) {
            there.addAll(objects(kind)
                    .map(object -> new ObjectKey(
                            kind.apiVersion(),
                            kind.name(),
                            "default",
                            object.at("/metadata/name").asString()))
                    .collect(Collectors.toSet()));
        }
        return there;
    }

    @Override
    public void close() {
        server.close();
        cluster.close();
    }
}
