package dev.shiplog.localcluster.autoscaling;

import dev.shiplog.localcluster.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an autoscaler says about itself; a condition that is not mentioned stays as it was. */
record ScalerStatus(ObjectNode autoscaler, Instant now) {

    ObjectNode rescaled(int from, int to) {
        ObjectNode status = status(second(), from, to);
        status.putNull("currentMetrics");
        return with(
                status,
                condition(
                        "AbleToScale",
                        true,
                        "SucceededRescale",
                        "the HPA controller was able to update the target scale to " + to));
    }

    ObjectNode withoutMetrics(int replicas, String message) {
        ObjectNode status = status(lastScale(), replicas, replicas);
        status.set("currentMetrics", Json.array(List.of(Json.object().put("type", ""))));
        return with(status, gotScale(), condition("ScalingActive", false, "FailedGetResourceMetric", message));
    }

    ObjectNode disabled() {
        ObjectNode status = status(lastScale(), 0, 0);
        status.putNull("currentMetrics");
        return with(
                status,
                gotScale(),
                condition(
                        "ScalingActive",
                        false,
                        "ScalingDisabled",
                        "scaling is disabled since the replica count of the target is zero"));
    }

    ObjectNode targetMissing() {
        ObjectNode status = status(lastScale(), 0, 0);
        status.putNull("currentMetrics");
        return with(
                status,
                condition(
                        "AbleToScale",
                        false,
                        "FailedGetScale",
                        "the HPA controller was unable to get the target's current scale: not found"));
    }

    private ObjectNode gotScale() {
        return condition(
                "AbleToScale",
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
    }

    private static ObjectNode status(String lastScale, int current, int desired) {
        ObjectNode status = Json.object();
        if (!lastScale.isEmpty()) {
            status.put("lastScaleTime", lastScale);
        }
        if (current > 0) {
            status.put("currentReplicas", current);
        }
        return status.put("desiredReplicas", desired);
    }

    private ObjectNode with(ObjectNode status, ObjectNode... said) {
        List<JsonNode> conditions = new ArrayList<>(
                Json.at(autoscaler, "status", "conditions").valueStream().toList());
        for (ObjectNode condition : said) {
            conditions.removeIf(was -> Json.text(was, "type").equals(Json.text(condition, "type")));
            conditions.add(condition);
        }
        conditions.sort((a, b) -> Json.text(a, "type").compareTo(Json.text(b, "type")));
        status.set("conditions", Json.array(conditions));
        return status;
    }

    private ObjectNode condition(String type, boolean isTrue, String reason, String message) {
        String value = isTrue ? "True" : "False";
        String since = Json.at(autoscaler, "status", "conditions")
                .valueStream()
                .filter(was -> Json.text(was, "type").equals(type)
                        && Json.text(was, "status").equals(value))
                .map(was -> Json.text(was, "lastTransitionTime"))
                .findFirst()
                .orElse(second());
        return Json.object()
                .put("type", type)
                .put("status", value)
                .put("lastTransitionTime", since)
                .put("reason", reason)
                .put("message", message);
    }

    private String lastScale() {
        return Json.text(autoscaler, "status", "lastScaleTime");
    }

    private String second() {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
