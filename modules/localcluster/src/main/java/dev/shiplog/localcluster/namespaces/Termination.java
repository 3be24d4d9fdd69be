package dev.shiplog.localcluster.namespaces;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Empties a namespace that is deleted, in rounds of five seconds: first the pods, while what would replace them stays but may
 * create nothing any more; then everything else; and once nothing is left, the namespace. What finalizers hold is waited for.
 */
public final class Termination implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final Duration ROUND = Duration.ofSeconds(5);

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final WorkQueue<ObjectKey> queue;

        Running(Store store, Timers timers) {
            this.store = store;
            this.timers = timers;
            this.queue = new WorkQueue<>(timers, this::round);
        }

        void listen() {
            store.subscribe(Kinds.NAMESPACE, change -> await(change.key(), change.object()));
            store.list(Kinds.NAMESPACE).forEach(object -> await(ObjectKey.of(Kinds.NAMESPACE, object), object));
        }

        private void await(ObjectKey key, ObjectNode namespace) {
            if (isDeleting(namespace)) {
                queue.addAfter(key, ROUND);
            }
        }

        /** Another of the same name may have come since the round was due. */
        private static boolean isDeleting(ObjectNode namespace) {
            return Json.at(namespace, "metadata").has("deletionTimestamp");
        }

        private void round(ObjectKey key) {
            ObjectNode namespace = store.get(key);
            if (namespace == null || !isDeleting(namespace)) {
                queue.forget(key);
                return;
            }
            String name = key.name();
            boolean pods = !store.list(Kinds.POD, name).isEmpty();
            if (pods) {
                delete(Kinds.POD, name);
            } else {
                Kinds.ALL.stream().filter(Kind::namespaced).forEach(kind -> delete(kind, name));
            }
            Map<String, Integer> remaining = pods ? Map.of() : remaining(name);
            Map<String, Integer> finalizers = pods ? Map.of() : finalizers(name);
            store.updateStatus(
                    key, MANAGER, current -> TerminationStatus.with(current, remaining, finalizers, timers.now()));
            if (pods || !remaining.isEmpty()) {
                queue.addAfter(key, ROUND);
            } else {
                store.update(key, MANAGER, current -> Json.without(current, "spec", "finalizers"));
            }
        }

        private void delete(Kind kind, String namespace) {
            for (ObjectNode object : store.list(kind, namespace)) {
                store.delete(ObjectKey.of(kind, object), Deletion.BACKGROUND);
            }
        }

        /** How many objects of each resource are still there. */
        private Map<String, Integer> remaining(String namespace) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Kind kind : Kinds.ALL) {
                int count = kind.namespaced() ? store.list(kind, namespace).size() : 0;
                if (count > 0) {
                    counts.put(kind.plural() + "." + kind.group(), count);
                }
            }
            return counts;
        }

        /** How many objects each finalizer holds. */
        private Map<String, Integer> finalizers(String namespace) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Kind kind : Kinds.ALL) {
                if (kind.namespaced()) {
                    for (ObjectNode object : store.list(kind, namespace)) {
                        for (JsonNode finalizer : Json.at(object, "metadata", "finalizers")) {
                            counts.merge(finalizer.asString(""), 1, Integer::sum);
                        }
                    }
                }
            }
            return counts;
        }
    }
}
