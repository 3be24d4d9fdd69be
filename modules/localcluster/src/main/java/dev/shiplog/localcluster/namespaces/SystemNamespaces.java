package dev.shiplog.localcluster.namespaces;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The namespaces that every cluster has, and has again should they be lost. */
public final class SystemNamespaces implements Controller {
    private static final List<String> NAMES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    @Override
    public void attach(Store store, Timers timers) {
        WorkQueue<String> queue = new WorkQueue<>(timers, name -> ensure(store, name));
        NAMES.forEach(name -> ensure(store, name));
        store.subscribe(Kinds.NAMESPACE, change -> {
            if (change.type() == Change.Type.DELETED
                    && NAMES.contains(change.key().name())) {
                queue.add(change.key().name());
            }
        });
    }

    private static void ensure(Store store, String name) {
        if (store.get(Kinds.NAMESPACE.key("", name)) != null) {
            return;
        }
        ObjectNode namespace = Json.object();
        namespace.put("kind", "Namespace").put("apiVersion", "v1");
        namespace.putObject("metadata").put("name", name).putObject("labels").put("kubernetes.io/metadata.name", name);
        namespace.putObject("spec").putArray("finalizers").add("kubernetes");
        namespace.putObject("status").put("phase", "Active");
        store.create(Kinds.NAMESPACE, namespace, false);
    }
}
