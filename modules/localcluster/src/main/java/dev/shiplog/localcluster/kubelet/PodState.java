package dev.shiplog.localcluster.kubelet;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Conditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The statuses that a kubelet writes of a pod in the course of its life. */
record PodState(ObjectNode pod, Instant now) {

    /** Whether all its containers are ready, whatever is said of the pod. */
    static boolean isWell(ObjectNode pod) {
        JsonNode statuses = Json.at(pod, "status", "containerStatuses");
        return !statuses.isEmpty() && statuses.valueStream().allMatch(status -> Json.flag(status, "ready"));
    }

    /** The node has taken the pod up; its containers wait for their images. */
    ObjectNode creating(String address) {
        ObjectNode started = Json.with(pod, Json.text("127.0.0.1"), "status", "hostIP");
        started = Json.with(started, Json.array(List.of(Json.object().put("ip", "127.0.0.1"))), "status", "hostIPs");
        started = Json.with(started, Json.text(address), "status", "podIP");
        started = Json.with(started, Json.array(List.of(Json.object().put("ip", address))), "status", "podIPs");
        started = Json.with(started, Json.text(second()), "status", "startTime");
        ObjectNode waiting = waiting("ContainerCreating", "");
        return new PodState(started, now).containers(container -> true, waiting, "Pending", false, 0);
    }

    ObjectNode running(boolean ready) {
        ObjectNode running = Json.object();
        running.set("running", Json.object().put("startedAt", second()));
        return containers(container -> true, running, "Running", ready, 0);
    }

    ObjectNode waiting(Predicate<JsonNode> which, String reason, String message) {
        String phase = Json.text(pod, "status", "phase");
        return containers(which, waiting(reason, message), phase, false, 0);
    }

    /** Ended with an error; another restart is counted when it is tried again. */
    ObjectNode crashed(Predicate<JsonNode> which) {
        ObjectNode state = Json.object();
        state.set("terminated", terminated());
        return containers(which, state, "Running", false, 0);
    }

    ObjectNode backingOff(Predicate<JsonNode> which, long seconds) {
        ObjectNode state = waiting("CrashLoopBackOff", "back-off " + seconds + "s restarting failed container");
        return containers(which, state, "Running", false, 1);
    }

    private ObjectNode containers(
            Predicate<JsonNode> which, ObjectNode state, String phase, boolean ready, int moreRestarts) {
        Map<String, JsonNode> before = new java.util.HashMap<>();
        Json.at(pod, "status", "containerStatuses").forEach(status -> before.put(Json.text(status, "name"), status));
        List<JsonNode> statuses = Json.at(pod, "spec", "containers")
                .valueStream()
                .map(container -> {
                    JsonNode was = before.getOrDefault(Json.text(container, "name"), Json.object());
                    return which.test(container) || was.isEmpty()
                            ? status(container, was, state, ready, moreRestarts)
                            : was;
                })
                .toList();
        ObjectNode next = Json.with(pod, Json.text(phase), "status", "phase");
        next = Conditions.with(next, now, "PodReadyToStartContainers", true, "", "");
        next = Conditions.with(next, now, "Initialized", true, "", "");
        boolean allReady = statuses.stream().allMatch(status -> Json.flag(status, "ready"));
        List<String> unready = statuses.stream()
                .filter(status -> !Json.flag(status, "ready"))
                .map(status -> Json.text(status, "name"))
                .toList();
        String reason = allReady ? "" : "ContainersNotReady";
        String message = allReady ? "" : "containers with unready status: [" + String.join(" ", unready) + "]";
        next = Conditions.with(next, now, "ContainersReady", allReady, reason, message);
        next = Conditions.with(next, now, "Ready", allReady, reason, message);
        return Json.with(next, Json.array(statuses), "status", "containerStatuses");
    }

    private ObjectNode status(JsonNode container, JsonNode was, ObjectNode state, boolean ready, int moreRestarts) {
        JsonNode ended = was.path("state").path("terminated");
        ObjectNode last = Json.object();
        if (!ended.isMissingNode()) {
            last.set("terminated", ended);
        } else if (!was.path("lastState").isEmpty()) {
            last = (ObjectNode) was.path("lastState");
        }
        ObjectNode status = Json.object().put("name", Json.text(container, "name"));
        status.set("state", state);
        status.set("lastState", last);
        return status.put("ready", ready)
                .put("restartCount", (int) Json.number(was, 0, "restartCount") + moreRestarts)
                .put("image", Json.text(container, "image"))
                .put("imageID", "")
                .put("started", state.has("running"));
    }

    private ObjectNode terminated() {
        return Json.object()
                .put("exitCode", 1)
                .put("reason", "Error")
                .put("startedAt", second())
                .put("finishedAt", second());
    }

    private static ObjectNode waiting(String reason, String message) {
        ObjectNode waiting = Json.object().put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        ObjectNode state = Json.object();
        state.set("waiting", waiting);
        return state;
    }

    private String second() {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
