package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a Deployment; counters that are 0 are left out when it is written.
 *
 * @param terminating null until a controller has looked
 * @param collisions how often the hash of a template had to be changed
 */
public record DeploymentStatus(
        long observedGeneration,
        int replicas,
        int updated,
        int ready,
        int available,
        int unavailable,
        @Nullable Integer terminating,
        int collisions,
        List<Condition> conditions) {
    public static final DeploymentStatus NONE = new DeploymentStatus(0, 0, 0, 0, 0, 0, null, 0, List.of());

    public static DeploymentStatus of(JsonNode json) {
        JsonNode terminating = json.path("terminatingReplicas");
        return new DeploymentStatus(
                Json.number(json, 0, "observedGeneration"),
                (int) Json.number(json, 0, "replicas"),
                (int) Json.number(json, 0, "updatedReplicas"),
                (int) Json.number(json, 0, "readyReplicas"),
                (int) Json.number(json, 0, "availableReplicas"),
                (int) Json.number(json, 0, "unavailableReplicas"),
                terminating.isNumber() ? terminating.intValue() : null,
                (int) Json.number(json, 0, "collisionCount"),
                json.path("conditions").valueStream().map(Condition::of).toList());
    }

    public ObjectNode json() {
        ObjectNode json = Json.object();
        putCounter(json, "observedGeneration", observedGeneration);
        putCounter(json, "replicas", replicas);
        putCounter(json, "updatedReplicas", updated);
        putCounter(json, "readyReplicas", ready);
        putCounter(json, "availableReplicas", available);
        putCounter(json, "unavailableReplicas", unavailable);
        if (terminating != null) {
            json.set("terminatingReplicas", Json.number(terminating));
        }
        if (!conditions.isEmpty()) {
            json.set(
                    "conditions",
                    Json.array(conditions.stream().map(Condition::json).toList()));
        }
        putCounter(json, "collisionCount", collisions);
        return json;
    }

    private static void putCounter(ObjectNode json, String name, long value) {
        if (value != 0) {
            json.set(name, Json.number(value));
        }
    }

    DeploymentStatus with(List<Condition> changed) {
        return new DeploymentStatus(
                observedGeneration, replicas, updated, ready, available, unavailable, terminating, collisions, changed);
    }

    DeploymentStatus with(Condition condition) {
        return with(Condition.set(conditions, condition));
    }

    DeploymentStatus collided() {
        return new DeploymentStatus(
                observedGeneration,
                replicas,
                updated,
                ready,
                available,
                unavailable,
                terminating,
                collisions + 1,
                conditions);
    }
}
