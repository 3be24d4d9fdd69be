package dev.shiplog.localcluster.statefulset;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.statefulset.Ordinals.Create;
import dev.shiplog.localcluster.statefulset.Ordinals.Remove;
import dev.shiplog.localcluster.statefulset.Ordinals.Renew;
import dev.shiplog.localcluster.statefulset.Ordinals.Step;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a StatefulSet. Only once all pods are of the new revision, and ready, does the new revision become the current
 * one.
 */
record StatefulSetStatus(
        JsonNode generation,
        int wanted,
        boolean rolling,
        int replicas,
        int ready,
        int available,
        int ofCurrent,
        int ofUpdate,
        String current,
        String update) {

    static StatefulSetStatus of(
            ObjectNode set,
            Map<Integer, ObjectNode> pods,
            String current,
            String update,
            int minReadySeconds,
            Instant now) {
        int ready = 0;
        int available = 0;
        int ofCurrent = 0;
        int ofUpdate = 0;
        for (ObjectNode pod : pods.values()) {
            ready += Pods.isReady(pod) ? 1 : 0;
            available += Pods.isAvailable(pod, minReadySeconds, now) ? 1 : 0;
            ofCurrent += counts(pod, current);
            ofUpdate += counts(pod, update);
        }
        return new StatefulSetStatus(
                Json.at(set, "metadata", "generation"),
                (int) Json.number(set, 1, "spec", "replicas"),
                !Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete"),
                pods.size(),
                ready,
                available,
                ofCurrent,
                ofUpdate,
                current,
                update);
    }

    private static int counts(ObjectNode pod, String revision) {
        return !Pods.isTerminating(pod) && Ordinals.revision(pod).equals(revision) ? 1 : 0;
    }

    /** A pod that is being replaced no longer counts for its revision; what is created counts once it is there. */
    StatefulSetStatus after(Step step, @Nullable ObjectNode pod) {
        return switch (step) {
            case Create ignored -> this;
            case Remove ignored -> this;
            case Renew ignored ->
                new StatefulSetStatus(
                        generation,
                        wanted,
                        rolling,
                        replicas,
                        ready,
                        available,
                        pod == null ? ofCurrent : ofCurrent - counts(pod, current),
                        pod == null ? ofUpdate : ofUpdate - counts(pod, update),
                        current,
                        update);
        };
    }

    ObjectNode json() {
        boolean complete = rolling && ofUpdate == wanted && replicas == wanted && ready == wanted;
        ObjectNode json = Json.object();
        json.set("observedGeneration", generation);
        json.put("replicas", replicas);
        putCounter(json, "readyReplicas", ready);
        putCounter(json, "currentReplicas", complete ? ofUpdate : ofCurrent);
        putCounter(json, "updatedReplicas", ofUpdate);
        json.put("currentRevision", complete ? update : current);
        json.put("updateRevision", update);
        return json.put("collisionCount", 0).put("availableReplicas", available);
    }

    private static void putCounter(ObjectNode json, String name, int value) {
        if (value != 0) {
            json.put(name, value);
        }
    }
}
