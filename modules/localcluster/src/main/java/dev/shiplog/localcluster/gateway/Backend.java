package dev.shiplog.localcluster.gateway;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Service that a route sends requests to.
 *
 * @param weight its share is this by the sum of all
 */
record Backend(ObjectKey service, long weight) {

    /** Those of the first rule; the others are not looked at. */
    static List<Backend> of(ObjectNode route) {
        String namespace = Json.text(route, "metadata", "namespace");
        return Json.at(route, "spec", "rules")
                .path(0)
                .path("backendRefs")
                .valueStream()
                .map(reference -> of(reference, namespace))
                .toList();
    }

    private static Backend of(JsonNode reference, String routesNamespace) {
        String namespace = Json.text(reference, "namespace");
        return new Backend(
                Kinds.SERVICE.key(namespace.isEmpty() ? routesNamespace : namespace, Json.text(reference, "name")),
                Json.number(reference, 1, "weight"));
    }
}
