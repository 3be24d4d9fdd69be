package dev.shiplog.localcluster;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.DrivenTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A cluster on driven time that remembers what happened in it, in the order in which it happened. */
public final class TestCluster implements AutoCloseable {
    private final DrivenTimers timers = new DrivenTimers(Instant.parse("2026-01-01T00:00:00.100Z"));
    private final LocalCluster cluster;
    private final List<Change> changes = new ArrayList<>();

    public TestCluster() {
        this(LocalCluster.named("test"));
    }

    public TestCluster(LocalCluster.Builder builder) {
        this.cluster = builder.timers(timers).start();
        cluster.onLoop(() -> store().subscribe(changes::add));
    }

    public LocalCluster cluster() {
        return cluster;
    }

    public Store store() {
        return cluster.store();
    }

    public Instant now() {
        return timers.now();
    }

    public void seconds(double seconds) {
        timers.advance(Duration.ofMillis((long) (seconds * 1000)));
    }

    public List<Change> changes() {
        return changes;
    }

    /** What has happened since the last time; it is forgotten. */
    public List<Change> drain() {
        return cluster.onLoop(() -> {
            List<Change> copy = List.copyOf(changes);
            changes.clear();
            return copy;
        });
    }

    public void clear() {
        changes.clear();
    }

    // --- writing, as a client does

    public void deploy(String name, int replicas, String image) {
        deploy(name, replicas, image, spec -> spec);
    }

    /** Creates the Deployment, or changes its spec to this one. */
    public void deploy(String name, int replicas, String image, UnaryOperator<ObjectNode> more) {
        ObjectNode spec = Json.object().put("replicas", replicas);
        spec.set("selector", Json.parse("{\"matchLabels\":{\"app\":\"" + name + "\"}}"));
        spec.set("template", Json.parse("""
                {"metadata":{"labels":{"app":"%s"}},
                 "spec":{"containers":[{"name":"main","image":"%s","ports":[{"name":"http","containerPort":80}],
                   "resources":{"limits":{"cpu":"200m","memory":"10Mi"}}}]}}
                """.formatted(name, image)));
        put(Kinds.DEPLOYMENT, name, more.apply(spec));
    }

    public void service(String name, String selector) {
        put(Kinds.SERVICE, name, (ObjectNode) Json.parse(
                "{\"selector\":" + selector + ",\"ports\":[{\"name\":\"http\",\"port\":80,\"targetPort\":\"http\"}]}"));
    }

    public void put(Kind kind, String name, ObjectNode spec) {
        cluster.onLoop(() -> {
            ObjectKey key = kind.key("default", name);
            if (store().update(key, "test", current -> Json.with(current, spec, "spec")) == null) {
                ObjectNode object =
                        Json.object().put("apiVersion", kind.apiVersion()).put("kind", kind.name());
                object.set("metadata", Json.object().put("name", name).put("namespace", "default"));
                object.set("spec", spec);
                object.set("status", Json.object());
                store().create(kind, object, "test");
            }
            return spec;
        });
    }

    public void change(Kind kind, String name, UnaryOperator<ObjectNode> change) {
        cluster.onLoop(() -> Objects.requireNonNull(store().update(kind.key("default", name), "test", change)));
    }

    public void delete(Kind kind, String name) {
        cluster.onLoop(() -> Objects.requireNonNull(store().delete(kind.key("default", name), Deletion.BACKGROUND)));
    }

    // --- reading

    public ObjectNode get(Kind kind, String name) {
        return cluster.onLoop(() -> Objects.requireNonNull(store().get(kind.key("default", name))));
    }

    public List<ObjectNode> list(Kind kind) {
        return cluster.onLoop(() -> List.copyOf(store().list(kind)));
    }

    /** Every status that the Deployment has had, with its conditions. */
    public List<String> statuses(String deployment) {
        return deployments(deployment).map(TestCluster::withConditions).toList();
    }

    /** Only the counters; statuses that differ in nothing else are one. */
    public List<String> counters(String deployment) {
        List<String> all = deployments(deployment).map(TestCluster::counters).toList();
        List<String> distinct = new ArrayList<>();
        for (String each : all) {
            if (distinct.isEmpty() || !distinct.getLast().equals(each)) {
                distinct.add(each);
            }
        }
        return distinct;
    }

    private java.util.stream.Stream<ObjectNode> deployments(String name) {
        return changes.stream()
                .filter(change -> change.key().kind().equals(Kinds.DEPLOYMENT))
                .filter(change -> change.key().name().equals(name))
                .map(Change::object);
    }

    public static String counters(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        return "%d/%d %d|%d,%d,%d,%d,%s"
                .formatted(
                        Json.number(deployment, 0, "metadata", "generation"),
                        Json.number(status, 0, "observedGeneration"),
                        Json.number(deployment, 1, "spec", "replicas"),
                        Json.number(status, 0, "replicas"),
                        Json.number(status, 0, "updatedReplicas"),
                        Json.number(status, 0, "availableReplicas"),
                        Json.number(status, 0, "unavailableReplicas"),
                        status.path("terminatingReplicas").asString("-"));
    }

    private static String withConditions(JsonNode deployment) {
        String conditions = Json.at(deployment, "status", "conditions")
                .valueStream()
                .map(condition -> " " + Json.text(condition, "type").charAt(0) + "="
                        + Json.text(condition, "status").charAt(0) + " " + Json.text(condition, "reason"))
                .collect(Collectors.joining());
        return counters(deployment) + conditions;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
