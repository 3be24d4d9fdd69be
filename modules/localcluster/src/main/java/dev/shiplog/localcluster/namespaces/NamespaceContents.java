package dev.shiplog.localcluster.namespaces;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import tools.jackson.databind.node.ObjectNode;

/** Every namespace has a ServiceAccount {@code default} and the ConfigMap {@code kube-root-ca.crt}. */
public final class NamespaceContents implements Controller {
    private static final String MANAGER = "kube-controller-manager";

    @Override
    public void attach(Store store, Timers timers) {
        WorkQueue<String> queue = new WorkQueue<>(timers, namespace -> look(store, namespace));
        store.subscribe(Kinds.NAMESPACE, change -> queue.add(change.key().name()));
        store.subscribe(Kinds.SERVICE_ACCOUNT, change -> queue.add(change.key().namespace()));
        store.subscribe(Kinds.CONFIG_MAP, change -> queue.add(change.key().namespace()));
        store.list(Kinds.NAMESPACE).forEach(namespace -> queue.add(Json.text(namespace, "metadata", "name")));
    }

    private static void look(Store store, String namespace) {
        ObjectNode object = store.get(Kinds.NAMESPACE.key("", namespace));
        if (object == null || Json.at(object, "metadata").has("deletionTimestamp")) {
            return;
        }
        ObjectKey rootCertificate = Kinds.CONFIG_MAP.key(namespace, "kube-root-ca.crt");
        if (store.get(rootCertificate) == null) {
            ObjectNode map = named(Kinds.CONFIG_MAP, rootCertificate);
            map.set("data", Json.object().put("ca.crt", ""));
            store.create(Kinds.CONFIG_MAP, map, MANAGER);
        }
        ObjectKey account = Kinds.SERVICE_ACCOUNT.key(namespace, "default");
        if (store.get(account) == null) {
            store.create(Kinds.SERVICE_ACCOUNT, named(Kinds.SERVICE_ACCOUNT, account), MANAGER);
        }
    }

    private static ObjectNode named(Kind kind, ObjectKey key) {
        ObjectNode object = Json.object().put("apiVersion", kind.apiVersion()).put("kind", kind.name());
        object.set("metadata", Json.object().put("name", key.name()).put("namespace", key.namespace()));
        return object;
    }
}
