package dev.shiplog.localcluster.pods;

import dev.shiplog.localcluster.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The conditions in the status of a pod, each in its place; the transition time moves only with the status. */
public final class Conditions {
    private Conditions() {}

    public static ObjectNode with(
            ObjectNode pod, Instant now, String type, boolean isTrue, String reason, String message) {
        List<JsonNode> conditions = new ArrayList<>(
                Json.at(pod, "status", "conditions").valueStream().toList());
        int at = 0;
        while (at < conditions.size() && !Json.text(conditions.get(at), "type").equals(type)) {
            at++;
        }
        String status = isTrue ? "True" : "False";
        boolean same = at < conditions.size()
                && Json.text(conditions.get(at), "status").equals(status);
        ObjectNode condition =
                Json.object().put("type", type).put("status", status).putNull("lastProbeTime");
        condition.put(
                "lastTransitionTime",
                same
                        ? Json.text(conditions.get(at), "lastTransitionTime")
                        : now.truncatedTo(ChronoUnit.SECONDS).toString());
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        if (at < conditions.size()) {
            conditions.set(at, condition);
        } else {
            conditions.add(condition);
        }
        return Json.with(pod, Json.array(conditions), "status", "conditions");
    }
}
