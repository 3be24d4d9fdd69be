package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** ReplicaSets as tables write them: {@code 10} is all available, {@code 10/8} has 8 available of 10. */
final class Sets {
    private Sets() {}

    static ReplicaSet set(String name, String written) {
        String[] parts = written.split("/");
        int wanted = Integer.parseInt(parts[0]);
        int available = parts.length > 1 ? Integer.parseInt(parts[1]) : wanted;
        return set(name, wanted, available, Json.object());
    }

    /** One that remembers for how many, and how many at most, the whole was when it was sized. */
    static ReplicaSet sized(String name, int wanted, int desired, int most) {
        ObjectNode annotations = Json.object()
                .put(Revisions.DESIRED_REPLICAS, Integer.toString(desired))
                .put(Revisions.MAX_REPLICAS, Integer.toString(most));
        return set(name, wanted, wanted, annotations);
    }

    static ReplicaSet revision(String name, int revision, int wanted) {
        ObjectNode annotations = Json.object().put(Revisions.REVISION, Integer.toString(revision));
        return set(name, wanted, wanted, annotations);
    }

    private static ReplicaSet set(String name, int wanted, int available, ObjectNode annotations) {
        ObjectNode object = Json.with(Json.object(), annotations, "metadata", "annotations");
        return new ReplicaSet(name, name, 1, 1, wanted, wanted, available, available, 0, object);
    }
}
