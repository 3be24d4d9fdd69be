package dev.shiplog.localcluster.pods;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What keeps pods away from nodes, and which pods bear it. */
public final class Taints {
    private Taints() {}

    public static List<JsonNode> of(JsonNode node, String effect) {
        return Json.at(node, "spec", "taints")
                .valueStream()
                .filter(taint -> Json.text(taint, "effect").equals(effect))
                .toList();
    }

    public static boolean isTolerated(JsonNode pod, JsonNode taint) {
        return tolerations(pod, taint).findAny().isPresent();
    }

    /** The tolerations of a pod by which it bears the taint. */
    public static Stream<JsonNode> tolerations(JsonNode pod, JsonNode taint) {
        return Json.at(pod, "spec", "tolerations").valueStream().filter(toleration -> {
            String key = Json.text(toleration, "key");
            String effect = Json.text(toleration, "effect");
            boolean exists = Json.text(toleration, "operator").equals("Exists");
            return (effect.isEmpty() || effect.equals(Json.text(taint, "effect")))
                    && (key.isEmpty() ? exists : key.equals(Json.text(taint, "key")))
                    && (exists || Json.text(toleration, "value").equals(Json.text(taint, "value")));
        });
    }
}
