package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The numbers and notes by which ReplicaSets remember which revision of the Deployment they were. */
public final class Revisions {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
    static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            REVISION_HISTORY,
            DESIRED_REPLICAS,
            MAX_REPLICAS,
            "deprecated.deployment.rollback.to");

    private Revisions() {}

    /** One more than the highest of the old. */
    public static int next(Collection<ReplicaSet> old) {
        return 1 + old.stream().mapToInt(Revisions::of).max().orElse(0);
    }

    static int of(ReplicaSet set) {
        return set.annotatedNumber(REVISION, 0);
    }

    /**
     * The annotations of the ReplicaSet that belongs to the current template: those of the Deployment are copied and
     * never taken away again; its revision only rises, and what it was before is remembered.
     */
    public static Map<String, String> annotations(
            Map<String, String> deployment, Map<String, String> set, int revision) {
        Map<String, String> result = new TreeMap<>(set);
        deployment.forEach((name, value) -> {
            if (!NOT_COPIED.contains(name)) {
                result.put(name, value);
            }
        });
        String was = set.getOrDefault(REVISION, "");
        if (was.isEmpty() || Integer.parseInt(was) < revision) {
            result.put(REVISION, Integer.toString(revision));
            if (!was.isEmpty()) {
                result.merge(REVISION_HISTORY, was, (history, one) -> history + "," + one);
            }
        }
        return result;
    }

    /** The annotations by which a ReplicaSet remembers the size of the whole, the base of its share. */
    public static Map<String, String> sized(Map<String, String> set, Bounds bounds) {
        Map<String, String> result = new TreeMap<>(set);
        result.put(DESIRED_REPLICAS, Integer.toString(bounds.wanted()));
        result.put(MAX_REPLICAS, Integer.toString(bounds.most()));
        return result;
    }

    /** The old ReplicaSets beyond the limit, oldest revision first; one that still has, or awaits, pods is kept. */
    public static List<ReplicaSet> beyond(int limit, Collection<ReplicaSet> old) {
        List<ReplicaSet> alive = old.stream().filter(set -> !set.isDeleting()).toList();
        return alive.stream()
                .sorted(Comparator.comparingInt(Revisions::of))
                .limit(Math.max(0, alive.size() - limit))
                .filter(set -> set.wanted() == 0 && set.replicas() == 0)
                .filter(set -> set.generation() <= set.observedGeneration())
                .toList();
    }

    static ObjectNode json(Map<String, String> strings) {
        ObjectNode object = Json.object();
        strings.forEach(object::put);
        return object;
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> result = new TreeMap<>();
        object.propertyStream().forEach(entry -> result.put(entry.getKey(), Json.text(entry.getValue())));
        return result;
    }
}
