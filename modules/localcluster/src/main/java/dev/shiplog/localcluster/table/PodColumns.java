package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.AGE;
import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.text;
import static dev.shiplog.localcluster.table.Column.timed;
import static dev.shiplog.localcluster.table.Column.wide;

import dev.shiplog.localcluster.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pod shows: its readiness, the one word for its state, its restarts. */
final class PodColumns {
    static final List<Column> POD = List.of(
            NAME,
            text("Ready", PodColumns::ready),
            text("Status", PodColumns::status),
            timed("Restarts", PodColumns::restarts),
            AGE,
            wide("IP", object -> Texts.orNone(Json.text(object, "status", "podIP"))),
            wide("Node", object -> Texts.orNone(Json.text(object, "spec", "nodeName"))),
            wide("Nominated Node", object -> Texts.orNone(Json.text(object, "status", "nominatedNodeName"))),
            wide("Readiness Gates", PodColumns::readinessGates));

    private PodColumns() {}

    private static String readinessGates(ObjectNode pod) {
        Set<String> met = Json.at(pod, "status", "conditions")
                .valueStream()
                .filter(condition -> Json.text(condition, "status").equals("True"))
                .map(condition -> Json.text(condition, "type"))
                .collect(Collectors.toSet());
        JsonNode gates = Json.at(pod, "spec", "readinessGates");
        long open = gates.valueStream()
                .filter(gate -> met.contains(Json.text(gate, "conditionType")))
                .count();
        return gates.isEmpty() ? "<none>" : open + "/" + gates.size();
    }

    private static String ready(ObjectNode pod) {
        int ready = 0;
        for (JsonNode container : Json.at(pod, "status", "containerStatuses")) {
            ready += Json.flag(container, "ready") ? 1 : 0;
        }
        return ready + "/" + Json.at(pod, "spec", "containers").size();
    }

    private static String status(ObjectNode pod) {
        String status = Json.text(pod, "status", "phase");
        String reason = Json.text(pod, "status", "reason");
        if (!reason.isEmpty()) {
            status = reason;
        }
        for (JsonNode condition : Json.at(pod, "status", "conditions")) {
            if (Json.text(condition, "type").equals("PodScheduled")
                    && Json.text(condition, "reason").equals("SchedulingGated")) {
                status = "SchedulingGated";
            }
        }
        for (JsonNode container : Json.at(pod, "status", "containerStatuses")) {
            String waiting = Json.text(container, "state", "waiting", "reason");
            JsonNode terminated = Json.at(container, "state", "terminated");
            if (!waiting.isEmpty()) {
                status = waiting;
            } else if (!Json.text(terminated, "reason").isEmpty()) {
                status = Json.text(terminated, "reason");
            } else if (terminated.isObject()) {
                status = "ExitCode:" + Json.number(terminated, 0, "exitCode");
            }
        }
        return Json.at(pod, "metadata").has("deletionTimestamp") ? "Terminating" : status;
    }

    private static String restarts(ObjectNode pod, Instant now) {
        long restarts = 0;
        String last = "";
        for (JsonNode container : Json.at(pod, "status", "containerStatuses")) {
            restarts += Json.number(container, 0, "restartCount");
            String finished = Json.text(container, "lastState", "terminated", "finishedAt");
            last = finished.compareTo(last) > 0 ? finished : last;
        }
        return restarts > 0 && !last.isEmpty() ? restarts + " (" + Ages.since(last, now) + " ago)" : restarts + "";
    }
}
