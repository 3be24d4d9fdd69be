package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the arithmetic of a Deployment reads from one of its ReplicaSets.
 *
 * @param wanted spec.replicas
 * @param replicas pods that are there, those on their way out not counted
 * @param terminating null until its controller has looked at it
 */
public record ReplicaSet(
        String name,
        String created,
        long generation,
        long observedGeneration,
        int wanted,
        int replicas,
        int ready,
        int available,
        @Nullable Integer terminating,
        ObjectNode object) {

    public static ReplicaSet of(ObjectNode object) {
        JsonNode status = object.path("status");
        JsonNode terminating = status.path("terminatingReplicas");
        return new ReplicaSet(
                Json.text(object, "metadata", "name"),
                Json.text(object, "metadata", "creationTimestamp"),
                Json.number(object, 0, "metadata", "generation"),
                Json.number(status, 0, "observedGeneration"),
                (int) Json.number(object, 1, "spec", "replicas"),
                (int) Json.number(status, 0, "replicas"),
                (int) Json.number(status, 0, "readyReplicas"),
                (int) Json.number(status, 0, "availableReplicas"),
                terminating.isNumber() ? terminating.intValue() : null,
                object);
    }

    public String uid() {
        return Json.text(object, "metadata", "uid");
    }

    public boolean isDeleting() {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    public boolean isActive() {
        return wanted > 0;
    }

    public String annotation(String name) {
        return Json.text(object, "metadata", "annotations", name);
    }

    public int annotatedNumber(String name, int otherwise) {
        String text = annotation(name);
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    static int sum(Collection<ReplicaSet> sets, ToIntFunction<ReplicaSet> of) {
        return sets.stream().mapToInt(of).sum();
    }

    static List<ReplicaSet> active(Collection<ReplicaSet> sets) {
        return sets.stream().filter(ReplicaSet::isActive).toList();
    }

    /** The sum over all that have been looked at; null if one that was keeps it to itself. */
    static @Nullable Integer terminating(Collection<ReplicaSet> sets) {
        if (sets.stream().anyMatch(set -> set.observedGeneration > 0 && set.terminating == null)) {
            return null;
        }
        return sets.stream()
                .map(ReplicaSet::terminating)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
    }
}
