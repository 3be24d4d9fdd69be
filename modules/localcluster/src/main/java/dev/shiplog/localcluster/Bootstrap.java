package dev.shiplog.localcluster;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a new cluster holds before anybody has asked for anything. */
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    private Bootstrap() {}

    static void fill(Store store) {
        for (String name : NAMESPACES) {
            if (store.get(Kinds.NAMESPACE.key("", name)) == null) {
                ObjectNode namespace = Json.object();
                namespace.put("kind", "Namespace").put("apiVersion", "v1");
                namespace
                        .putObject("metadata")
                        .put("name", name)
                        .putObject("labels")
                        .put("kubernetes.io/metadata.name", name);
                namespace.putObject("spec").putArray("finalizers").add("kubernetes");
                namespace.putObject("status").put("phase", "Active");
                store.create(Kinds.NAMESPACE, namespace, false);
            }
        }
    }
}
