package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Nothing is created in a namespace that is missing or going. */
final class Namespaces {
    private Namespaces() {}

    static ObjectNode admit(Store store, Kind kind, ObjectNode candidate) {
        if (kind.namespaced()) {
            check(store, kind, Json.text(candidate, "metadata", "namespace"), Json.text(candidate, "metadata", "name"));
        }
        return candidate;
    }

    static void check(Store store, Kind kind, String namespace, String name) {
        ObjectNode found = store.get(Kinds.NAMESPACE.key("", namespace));
        if (found == null) {
            throw StatusException.notFound(Kinds.NAMESPACE, namespace);
        }
        if (Json.at(found, "metadata").has("deletionTimestamp")) {
            throw StatusException.forbidden(
                    kind,
                    name,
                    "unable to create new content in namespace " + namespace + " because it is being terminated",
                    List.of(new Cause(
                            "NamespaceTerminating",
                            "namespace " + namespace + " is being terminated",
                            "metadata.namespace")));
        }
    }
}
