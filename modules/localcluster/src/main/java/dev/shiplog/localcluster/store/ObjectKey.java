package dev.shiplog.localcluster.store;

import dev.shiplog.localcluster.json.Json;
import tools.jackson.databind.node.ObjectNode;

/** Where an object is kept; the namespace is empty for kinds without. */
public record ObjectKey(Kind kind, String namespace, String name) {

    public static ObjectKey of(Kind kind, ObjectNode object) {
        return kind.key(Json.text(object, "metadata", "namespace"), Json.text(object, "metadata", "name"));
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
