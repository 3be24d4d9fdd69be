package dev.shiplog.localcluster.gateway;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Service that a route sends requests to.
 *
 * @param weight its share is this by the sum of all
 */
record Backend(ObjectKey service, long weight) {

    /** Those of all rules. */
    static List<Backend> all(ObjectNode route) {
        return IntStream.range(0, Json.at(route, "spec", "rules").size())
                .boxed()
                .flatMap(rule -> of(route, rule).stream())
                .toList();
    }

    /** Those of one rule. */
    static List<Backend> of(ObjectNode route, int rule) {
        String namespace = Json.text(route, "metadata", "namespace");
        return Json.at(route, "spec", "rules")
                .path(rule)
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
