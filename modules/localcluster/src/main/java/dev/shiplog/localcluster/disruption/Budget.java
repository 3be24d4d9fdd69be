package dev.shiplog.localcluster.disruption;

import dev.shiplog.localcluster.deployment.IntOrPercent;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a PodDisruptionBudget allows, from its pods. A pod that was allowed to be evicted counts as lost until it is seen to
 * go, or for two minutes if it never does.
 */
record Budget(ObjectNode object) {
    private static final Duration EVICTION_EXPECTED_WITHIN = Duration.ofMinutes(2);

    boolean covers(ObjectNode pod) {
        return LabelSelector.ofObject(Json.at(object, "spec", "selector")).matches(pod);
    }

    /** The status for all pods that it covers. */
    ObjectNode status(List<ObjectNode> pods, Instant now) {
        Map<String, Instant> disrupted = stillExpected(pods, now);
        int healthy = (int) pods.stream()
                .filter(pod -> Pods.isReady(pod) && !Pods.isTerminating(pod))
                .filter(pod -> !disrupted.containsKey(Json.text(pod, "metadata", "name")))
                .count();
        int expected = pods.size();
        return status(
                disrupted, expected == 0 ? 0 : healthy - desired(expected), healthy, desired(expected), expected, now);
    }

    private int desired(int expected) {
        JsonNode spec = object.path("spec");
        if (spec.has("minAvailable")) {
            return IntOrPercent.of(spec.path("minAvailable"), IntOrPercent.count(0))
                    .roundedUp(expected);
        }
        int unavailable = IntOrPercent.of(spec.path("maxUnavailable"), IntOrPercent.count(0))
                .roundedUp(expected);
        return Math.max(0, expected - unavailable);
    }

    private Map<String, Instant> stillExpected(List<ObjectNode> pods, Instant now) {
        Map<String, Instant> disrupted = new TreeMap<>();
        Json.at(object, "status", "disruptedPods").propertyStream().forEach(entry -> {
            Instant since = Instant.parse(Json.text(entry.getValue()));
            boolean there = pods.stream()
                    .anyMatch(pod ->
                            Json.text(pod, "metadata", "name").equals(entry.getKey()) && !Pods.isTerminating(pod));
            if (there && since.plus(EVICTION_EXPECTED_WITHIN).isAfter(now)) {
                disrupted.put(entry.getKey(), since);
            }
        });
        return disrupted;
    }

    int allowed() {
        return number("disruptionsAllowed");
    }

    int currentHealthy() {
        return number("currentHealthy");
    }

    int desiredHealthy() {
        return number("desiredHealthy");
    }

    private int number(String counter) {
        return (int) Json.number(object, 0, "status", counter);
    }

    /** The status once the pod has been allowed to go. */
    ObjectNode disrupt(String pod, Instant now) {
        Map<String, Instant> disrupted = new TreeMap<>();
        Json.at(object, "status", "disruptedPods")
                .propertyStream()
                .forEach(entry -> disrupted.put(entry.getKey(), Instant.parse(Json.text(entry.getValue()))));
        disrupted.put(pod, now.truncatedTo(ChronoUnit.SECONDS));
        return status(disrupted, allowed() - 1, currentHealthy(), desiredHealthy(), number("expectedPods"), now);
    }

    private ObjectNode status(
            Map<String, Instant> disrupted, int allowed, int healthy, int desired, int expected, Instant now) {
        ObjectNode status = Json.object();
        JsonNode generation = Json.at(object, "metadata", "generation");
        status.set("observedGeneration", generation);
        if (!disrupted.isEmpty()) {
            ObjectNode pods = Json.object();
            disrupted.forEach((pod, since) -> pods.put(pod, since.toString()));
            status.set("disruptedPods", pods);
        }
        status.put("disruptionsAllowed", Math.max(0, allowed))
                .put("currentHealthy", healthy)
                .put("desiredHealthy", desired)
                .put("expectedPods", expected);
        String is = allowed > 0 ? "True" : "False";
        JsonNode was = Json.at(object, "status", "conditions").path(0);
        boolean same = Json.text(was, "status").equals(is);
        ObjectNode condition = Json.object().put("type", "DisruptionAllowed").put("status", is);
        condition.set("observedGeneration", generation);
        condition
                .put(
                        "lastTransitionTime",
                        same
                                ? Json.text(was, "lastTransitionTime")
                                : now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("reason", allowed > 0 ? "SufficientPods" : "InsufficientPods")
                .put("message", "");
        status.set("conditions", Json.array(List.of(condition)));
        return status;
    }
}
