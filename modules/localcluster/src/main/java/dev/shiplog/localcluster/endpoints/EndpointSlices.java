package dev.shiplog.localcluster.endpoints;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the slice, and the older Endpoints, of each Service that selects pods. A change of the selector is one change of the slice, from the old pods
 * to the new, and never empty in between.
 */
public final class EndpointSlices implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final ByLabel services;
        private final ByLabel pods;
        private final WorkQueue<ObjectKey> queue;

        Running(Store store, Timers timers) {
            this.store = store;
            this.services = new ByLabel(store, Kinds.SERVICE, Running::selector);
            this.pods = new ByLabel(store, Kinds.POD, pod -> Json.at(pod, "metadata", "labels"));
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            WorkQueue.follow(queue, store, Kinds.SERVICE);
            store.subscribe(Kinds.POD, this::onPod);
        }

        private void onPod(Change change) {
            addSelecting(change.key().namespace(), change.object());
            if (change.before() != null) {
                addSelecting(change.key().namespace(), change.before());
            }
        }

        private void addSelecting(String namespace, ObjectNode pod) {
            services.withAny(namespace, Json.at(pod, "metadata", "labels"))
                    .filter(service -> selects(service, pod))
                    .forEach(service -> queue.add(ObjectKey.of(Kinds.SERVICE, service)));
        }

        private void look(ObjectKey key) {
            ObjectNode service = store.get(key);
            if (service == null) {
                dropEndpoints(key);
                return;
            }
            if (selector(service).isEmpty() || isElsewhere(service)) {
                return;
            }
            List<ObjectNode> selected = pods.withRarest(key.namespace(), selector(service))
                    .filter(pod -> selects(service, pod))
                    .filter(pod -> !Json.text(pod, "status", "podIP").isEmpty() && !Pods.isFinished(pod))
                    .toList();
            keepSlice(service, selected);
            keepEndpoints(key, service, selected);
        }

        private void keepSlice(ObjectNode service, List<ObjectNode> selected) {
            Optional<ObjectNode> slice = Owner.controlled(store, service, Kinds.ENDPOINT_SLICE).stream()
                    .findFirst();
            if (slice.isEmpty()) {
                store.create(
                        Kinds.ENDPOINT_SLICE,
                        triggered(Slice.filled(Slice.empty(service), service, selected)),
                        MANAGER);
                return;
            }
            store.update(ObjectKey.of(Kinds.ENDPOINT_SLICE, slice.get()), MANAGER, current -> {
                ObjectNode filled = Slice.filled(current, service, selected);
                return Json.same(current, filled) ? current : triggered(filled);
            });
        }

        private void keepEndpoints(ObjectKey service, ObjectNode wanted, List<ObjectNode> selected) {
            ObjectKey key = endpoints(service);
            ObjectNode known = store.get(key);
            if (known == null) {
                store.create(
                        Kinds.ENDPOINTS, triggered(Subsets.filled(Subsets.empty(wanted), wanted, selected)), MANAGER);
            } else if (Subsets.isManaged(known)) {
                store.update(key, MANAGER, current -> {
                    ObjectNode filled = Subsets.filled(current, wanted, selected);
                    return Json.same(current, filled) ? current : triggered(filled);
                });
            }
        }

        private void dropEndpoints(ObjectKey service) {
            ObjectNode known = store.get(endpoints(service));
            if (known != null && Subsets.isManaged(known)) {
                store.delete(endpoints(service), Deletion.BACKGROUND);
            }
        }

        private static ObjectKey endpoints(ObjectKey service) {
            return Kinds.ENDPOINTS.key(service.namespace(), service.name());
        }

        private ObjectNode triggered(ObjectNode object) {
            return Json.with(object, Json.text(store.timestamp()), "metadata", "annotations", TRIGGER_TIME);
        }

        private static JsonNode selector(ObjectNode service) {
            return Json.at(service, "spec", "selector");
        }

        /** A name of something outside has no endpoints here, whatever it selects. */
        private static boolean isElsewhere(ObjectNode service) {
            return Json.text(service, "spec", "type").equals("ExternalName");
        }

        private static boolean selects(ObjectNode service, ObjectNode pod) {
            JsonNode selector = selector(service);
            return !selector.isEmpty() && LabelSelector.ofMap(selector).matches(pod);
        }
    }
}
