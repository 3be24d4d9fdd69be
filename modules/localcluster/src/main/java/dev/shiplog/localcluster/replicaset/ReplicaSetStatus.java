package dev.shiplog.localcluster.replicaset;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.status.StatusException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a ReplicaSet, counted from its pods; pods on their way out count only as such. */
final class ReplicaSetStatus {
    private static final String FAILURE = "ReplicaFailure";

    private ReplicaSetStatus() {}

    static ObjectNode of(
            ObjectNode set,
            List<ObjectNode> pods,
            List<ObjectNode> active,
            Instant now,
            @Nullable StatusException trouble) {
        int minReadySeconds = (int) Json.number(set, 0, "spec", "minReadySeconds");
        LabelSelector template = LabelSelector.ofMap(Json.at(set, "spec", "template", "metadata", "labels"));
        ObjectNode status = Json.object().put("replicas", active.size());
        putCounter(
                status,
                "fullyLabeledReplicas",
                active.stream().filter(template::matches).count());
        putCounter(
                status, "readyReplicas", active.stream().filter(Pods::isReady).count());
        putCounter(
                status,
                "availableReplicas",
                active.stream()
                        .filter(pod -> Pods.isAvailable(pod, minReadySeconds, now))
                        .count());
        status.put(
                "terminatingReplicas",
                pods.stream()
                        .filter(pod -> Pods.isTerminating(pod) && !Pods.isFinished(pod))
                        .count());
        status.set("observedGeneration", Json.at(set, "metadata", "generation"));
        if (trouble != null) {
            status.set("conditions", Json.array(List.of(failure(set, now, trouble))));
        }
        return status;
    }

    /** What was said first stands until it is over: the names of pods in the message would change with every attempt. */
    private static JsonNode failure(ObjectNode set, Instant now, StatusException trouble) {
        return Json.at(set, "status", "conditions")
                .valueStream()
                .filter(condition -> Json.text(condition, "type").equals(FAILURE))
                .findFirst()
                .orElseGet(() -> Json.object()
                        .put("type", FAILURE)
                        .put("status", "True")
                        .put(
                                "lastTransitionTime",
                                now.truncatedTo(ChronoUnit.SECONDS).toString())
                        .put("reason", "FailedCreate")
                        .put("message", trouble.getMessage()));
    }

    private static void putCounter(ObjectNode status, String name, long value) {
        if (value != 0) {
            status.set(name, Json.number(value));
        }
    }
}
