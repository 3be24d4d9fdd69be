package dev.shiplog.localcluster.recordings;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.recordings.Recording.Line;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Deletion.Propagation;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does to the store what a recorded request asks for, so that controllers can be tested without an API in between. */
final class StoreClient {
    private final TestCluster cluster;

    StoreClient(TestCluster cluster) {
        this.cluster = cluster;
    }

    void send(Line request) {
        String method = request.text("method");
        if (method.equals("GET")) {
            return;
        }
        String[] parts = request.text("path").split("/");
        int at = parts[1].equals("api") ? 3 : 4;
        String group = parts[1].equals("api") ? "" : parts[2];
        boolean namespaced = parts[at].equals("namespaces") && parts.length > at + 2;
        String namespace = namespaced ? parts[at + 1] : "";
        int resource = namespaced ? at + 2 : at;
        Kind kind = Kinds.byPlural(group, parts[resource]).orElseThrow();
        String name = parts.length > resource + 1 ? parts[resource + 1] : "";
        String subresource = parts.length > resource + 2 ? parts[resource + 2] : "";
        JsonNode body = request.json().path("body");
        cluster.cluster().onLoop(() -> {
            switch (method) {
                case "DELETE" -> delete(kind, namespace, name, request.json().path("query"), body);
                case "POST" -> create(kind, namespace, body);
                default -> put(kind.key(namespace, name), subresource, body);
            }
            return name;
        });
    }

    private Store store() {
        return cluster.store();
    }

    private void put(ObjectKey key, String subresource, JsonNode body) {
        if (subresource.equals("scale")) {
            store().update(
                            key,
                            "test",
                            current -> Json.with(current, Json.at(body, "spec", "replicas"), "spec", "replicas"));
        } else if (store().get(key) == null) {
            create(key.kind(), key.namespace(), body);
        } else {
            store().update(key, "test", current -> overlaid(current, body));
        }
    }

    private static ObjectNode overlaid(ObjectNode current, JsonNode body) {
        ObjectNode next = body.has("spec") ? Json.with(current, body.path("spec"), "spec") : current;
        ObjectNode annotations = Json.object();
        Json.at(current, "metadata", "annotations")
                .propertyStream()
                .filter(entry -> entry.getKey().startsWith("deployment.kubernetes.io/"))
                .forEach(entry -> annotations.set(entry.getKey(), entry.getValue()));
        Json.at(body, "metadata", "annotations")
                .propertyStream()
                .forEach(entry -> annotations.set(entry.getKey(), entry.getValue()));
        return Json.with(next, annotations, "metadata", "annotations");
    }

    private void create(Kind kind, String namespace, JsonNode body) {
        ObjectNode object = Json.with((ObjectNode) body, Json.text(namespace), "metadata", "namespace");
        store().create(kind, object, "test");
    }

    private void delete(Kind kind, String namespace, String name, JsonNode query, JsonNode options) {
        String policy = Json.text(options, "propagationPolicy") + Json.text(query, "propagationPolicy");
        Propagation propagation =
                policy.isEmpty() ? Propagation.BACKGROUND : Propagation.valueOf(policy.toUpperCase(Locale.ROOT));
        Long grace = query.has("gracePeriodSeconds") ? Long.valueOf(Json.text(query, "gracePeriodSeconds")) : null;
        Deletion deletion = new Deletion(propagation, grace, false);
        if (kind.equals(Kinds.POD) && !name.isEmpty()) {
            store().delete(
                            ObjectKey.of(
                                    kind,
                                    store().list(kind, namespace).iterator().next()),
                            deletion);
            return;
        }
        if (!name.isEmpty()) {
            store().delete(kind.key(namespace, name), deletion);
            return;
        }
        for (ObjectNode object : store().list(kind, namespace)) {
            store().delete(ObjectKey.of(kind, object), deletion);
        }
    }
}
