package dev.shiplog.localcluster.pods;

import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions to a pod, and how one is made from a template. */
public final class Pods {
    private Pods() {}

    public static String phase(JsonNode pod) {
        return Json.text(pod, "status", "phase");
    }

    public static boolean isTerminating(JsonNode pod) {
        return pod.path("metadata").has("deletionTimestamp");
    }

    /** Whether all its containers have ended, and none will be started again. */
    public static boolean isFinished(JsonNode pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Neither finished nor on its way out. */
    public static boolean isActive(JsonNode pod) {
        return !isFinished(pod) && !isTerminating(pod);
    }

    public static boolean isBound(JsonNode pod) {
        return !nodeName(pod).isEmpty();
    }

    public static String nodeName(JsonNode pod) {
        return Json.text(pod, "spec", "nodeName");
    }

    public static boolean isReady(JsonNode pod) {
        return readySince(pod).isPresent();
    }

    public static Optional<Instant> readySince(JsonNode pod) {
        return condition(pod, "Ready")
                .filter(ready -> Json.text(ready, "status").equals("True"))
                .map(ready -> Instant.parse(Json.text(ready, "lastTransitionTime")));
    }

    public static Optional<JsonNode> condition(JsonNode pod, String type) {
        return Json.at(pod, "status", "conditions")
                .valueStream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst();
    }

    /** Ready, and for as long as asked. */
    public static boolean isAvailable(JsonNode pod, int minReadySeconds, Instant now) {
        return readySince(pod)
                .filter(since -> minReadySeconds == 0
                        || since.plusSeconds(minReadySeconds).isBefore(now))
                .isPresent();
    }

    /** How long until a ready pod counts as available; empty if it does already, or is not ready. */
    public static Optional<Duration> untilAvailable(JsonNode pod, int minReadySeconds, Instant now) {
        return readySince(pod)
                .filter(since -> !isAvailable(pod, minReadySeconds, now))
                .map(since -> Duration.between(now, since.plusSeconds(minReadySeconds))
                        .plusMillis(1));
    }

    /** A pod for its controller to create; the name is made up when it is stored. */
    public static ObjectNode fromTemplate(Kind kind, ObjectNode owner, JsonNode template) {
        ObjectNode metadata = Json.object();
        metadata.put("generateName", Json.text(owner, "metadata", "name") + "-");
        metadata.put("namespace", Json.text(owner, "metadata", "namespace"));
        copy(template.path("metadata"), metadata, "labels");
        copy(template.path("metadata"), metadata, "annotations");
        copy(template.path("metadata"), metadata, "finalizers");
        metadata.set("ownerReferences", Owner.controlledBy(kind, owner));
        ObjectNode pod = Json.object();
        pod.put("apiVersion", Kinds.POD.apiVersion()).put("kind", Kinds.POD.name());
        pod.set("metadata", metadata);
        pod.set("spec", template.path("spec"));
        return pod;
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        if (from.has(name)) {
            to.set(name, from.path(name));
        }
    }
}
