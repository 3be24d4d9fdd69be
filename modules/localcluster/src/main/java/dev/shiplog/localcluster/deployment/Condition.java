package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One condition of a Deployment. Times have whole seconds.
 *
 * @param status True, False or Unknown
 * @param updated when it last said something new
 * @param transitioned when its status last changed
 */
public record Condition(
        String type, String status, String reason, String message, Instant updated, Instant transitioned) {
    static final String PROGRESSING = "Progressing";
    static final String AVAILABLE = "Available";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    static Condition of(String type, String status, String reason, String message, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return new Condition(type, status, reason, message, second, second);
    }

    static Condition of(JsonNode json) {
        return new Condition(
                Json.text(json, "type"),
                Json.text(json, "status"),
                Json.text(json, "reason"),
                Json.text(json, "message"),
                Instant.parse(Json.text(json, "lastUpdateTime")),
                Instant.parse(Json.text(json, "lastTransitionTime")));
    }

    ObjectNode json() {
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("lastUpdateTime", updated.toString())
                .put("lastTransitionTime", transitioned.toString())
                .put("reason", reason)
                .put("message", message);
    }

    Condition transitioned(Instant when) {
        return new Condition(type, status, reason, message, updated, when);
    }

    static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Nothing changes if status and reason are as they were; else the condition moves to the end. */
    static List<Condition> set(List<Condition> conditions, Condition condition) {
        Optional<Condition> current = find(conditions, condition.type());
        boolean sameStatus =
                current.filter(was -> was.status().equals(condition.status())).isPresent();
        if (sameStatus && current.get().reason().equals(condition.reason())) {
            return conditions;
        }
        Condition placed = sameStatus ? condition.transitioned(current.get().transitioned()) : condition;
        return replace(conditions, placed);
    }

    /** As {@link #set}, but even what says nothing new is written with its new time, at the end. */
    static List<Condition> replace(List<Condition> conditions, Condition condition) {
        List<Condition> result = new ArrayList<>(without(conditions, condition.type()));
        result.add(condition);
        return List.copyOf(result);
    }

    static List<Condition> without(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> !condition.type().equals(type))
                .toList();
    }
}
