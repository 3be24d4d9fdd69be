package dev.shiplog.localcluster.gateway;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Accepts every HTTPRoute in the name of all its parents, and says whether its Services are there. */
public final class Gateway implements Controller {
    private static final String MANAGER = "local-gateway";
    private static final String CONTROLLER = "localcluster/gateway";

    @Override
    public void attach(Store store, Timers timers) {
        WorkQueue<ObjectKey> queue = new WorkQueue<>(timers, key -> look(store, key));
        store.subscribe(Kinds.HTTP_ROUTE, change -> queue.add(change.key()));
        store.subscribe(Kinds.SERVICE, change -> {
            if (change.type() != Change.Type.MODIFIED && store.count(Kinds.HTTP_ROUTE) > 0) {
                addAll(store, queue);
            }
        });
        addAll(store, queue);
    }

    private static void addAll(Store store, WorkQueue<ObjectKey> queue) {
        store.list(Kinds.HTTP_ROUTE).forEach(route -> queue.add(ObjectKey.of(Kinds.HTTP_ROUTE, route)));
    }

    private static void look(Store store, ObjectKey key) {
        store.updateStatus(key, MANAGER, route -> {
            boolean resolved = Backend.all(route).stream().allMatch(backend -> store.get(backend.service()) != null);
            ArrayNode parents = Json.array();
            for (JsonNode parent : Json.at(route, "spec", "parentRefs")) {
                ObjectNode said = Json.object();
                said.set("parentRef", parent);
                said.put("controllerName", CONTROLLER);
                said.set(
                        "conditions",
                        Json.array(List.of(
                                condition(store, route, "Accepted", true, "Accepted"),
                                condition(
                                        store,
                                        route,
                                        "ResolvedRefs",
                                        resolved,
                                        resolved ? "ResolvedRefs" : "BackendNotFound"))));
                parents.add(said);
            }
            return Json.with(route, parents, "status", "parents");
        });
    }

    private static ObjectNode condition(Store store, ObjectNode route, String type, boolean isTrue, String reason) {
        String status = isTrue ? "True" : "False";
        String since = Json.at(route, "status", "parents")
                .path(0)
                .path("conditions")
                .valueStream()
                .filter(known -> Json.text(known, "type").equals(type)
                        && Json.text(known, "status").equals(status))
                .map(known -> Json.text(known, "lastTransitionTime"))
                .findFirst()
                .orElseGet(store::timestamp);
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("observedGeneration", Json.number(route, 1, "metadata", "generation"))
                .put("lastTransitionTime", since)
                .put("reason", reason)
                .put("message", "");
    }
}
