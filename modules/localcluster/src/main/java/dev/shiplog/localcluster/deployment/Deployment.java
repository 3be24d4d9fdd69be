package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Deployment asks for, and what was last said about it.
 *
 * @param wanted spec.replicas
 * @param rolling false: recreate
 * @param progressDeadline empty if nobody keeps time
 */
public record Deployment(
        String name,
        long generation,
        int wanted,
        boolean rolling,
        Bounds bounds,
        boolean paused,
        int minReadySeconds,
        int historyLimit,
        Optional<Duration> progressDeadline,
        DeploymentStatus status,
        ObjectNode object) {
    private static final IntOrPercent QUARTER = IntOrPercent.percent(25);

    public static Deployment of(ObjectNode object) {
        JsonNode spec = object.path("spec");
        int wanted = (int) Json.number(spec, 1, "replicas");
        boolean rolling = !Json.text(spec, "strategy", "type").equals("Recreate");
        JsonNode limits = spec.path("strategy").path("rollingUpdate");
        Bounds bounds = rolling
                ? Bounds.rolling(
                        wanted,
                        IntOrPercent.of(limits.path("maxSurge"), QUARTER),
                        IntOrPercent.of(limits.path("maxUnavailable"), QUARTER))
                : Bounds.recreate(wanted);
        long deadlineSeconds = Json.number(spec, 600, "progressDeadlineSeconds");
        return new Deployment(
                Json.text(object, "metadata", "name"),
                Json.number(object, 0, "metadata", "generation"),
                wanted,
                rolling,
                bounds,
                Json.flag(spec, "paused"),
                (int) Json.number(spec, 0, "minReadySeconds"),
                (int) Json.number(spec, 10, "revisionHistoryLimit"),
                deadlineSeconds == Integer.MAX_VALUE
                        ? Optional.empty()
                        : Optional.of(Duration.ofSeconds(deadlineSeconds)),
                DeploymentStatus.of(object.path("status")),
                object);
    }

    public String namespace() {
        return Json.text(object, "metadata", "namespace");
    }

    public String uid() {
        return Json.text(object, "metadata", "uid");
    }

    public boolean isDeleting() {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }
}
