package dev.shiplog.localcluster.quota;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.quantity.Quantity;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses what would go beyond a quota, and keeps the status of quotas. A pod counts until it has gone. */
public final class Quotas implements Controller {
    private static final String MANAGER = "kube-controller-manager";

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final WorkQueue<ObjectKey> queue;

        Running(Store store, Timers timers) {
            this.store = store;
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            store.admit(this::admit);
            store.subscribe(this::onChange);
            store.list(Kinds.RESOURCE_QUOTA).forEach(quota -> queue.add(ObjectKey.of(Kinds.RESOURCE_QUOTA, quota)));
        }

        private void onChange(Change change) {
            if (change.key().kind().equals(Kinds.EVENT) || store.count(Kinds.RESOURCE_QUOTA) == 0) {
                return;
            }
            store.list(Kinds.RESOURCE_QUOTA, change.key().namespace())
                    .forEach(quota -> queue.add(ObjectKey.of(Kinds.RESOURCE_QUOTA, quota)));
        }

        private void look(ObjectKey key) {
            ObjectNode quota = store.get(key);
            if (quota == null) {
                return;
            }
            Map<String, Quantity> hard = hard(quota);
            ObjectNode status = Json.object();
            status.set("hard", Json.at(quota, "spec", "hard"));
            status.set("used", json(Usage.inNamespace(store, key.namespace(), hard.keySet())));
            store.updateStatus(key, MANAGER, current -> Json.with(current, status, "status"));
        }

        private ObjectNode admit(Kind kind, ObjectNode candidate) {
            if (kind.namespaced() && store.count(Kinds.RESOURCE_QUOTA) > 0) {
                String namespace = Json.text(candidate, "metadata", "namespace");
                store.list(Kinds.RESOURCE_QUOTA, namespace).forEach(quota -> check(quota, kind, candidate));
            }
            return candidate;
        }

        private void check(ObjectNode quota, Kind kind, ObjectNode candidate) {
            Map<String, Quantity> hard = hard(quota);
            hard.keySet()
                    .removeIf(resource ->
                            !Usage.kindOf(resource).filter(kind::equals).isPresent());
            if (hard.isEmpty()) {
                return;
            }
            String quotaName = Json.text(quota, "metadata", "name");
            String name = Json.text(candidate, "metadata", "name");
            String unspecified = unspecified(hard, candidate);
            if (kind.equals(Kinds.POD) && !unspecified.isEmpty()) {
                throw StatusException.forbidden(
                        kind, name, "failed quota: " + quotaName + ": must specify " + unspecified);
            }
            Map<String, Quantity> used =
                    Usage.inNamespace(store, Json.text(candidate, "metadata", "namespace"), hard.keySet());
            Map<String, Quantity> requested = new TreeMap<>();
            hard.keySet().forEach(resource -> requested.put(resource, Usage.of(resource, candidate)));
            Predicate<String> exceeded = resource -> value(requested, resource)
                                    .value()
                                    .signum()
                            > 0
                    && value(used, resource).plus(value(requested, resource)).compareTo(value(hard, resource)) > 0;
            if (hard.keySet().stream().anyMatch(exceeded)) {
                throw StatusException.forbidden(
                        kind,
                        name,
                        "exceeded quota: " + quotaName + ", requested: " + text(requested, exceeded) + ", used: "
                                + text(used, exceeded) + ", limited: " + text(hard, exceeded));
            }
        }

        private static Quantity value(Map<String, Quantity> amounts, String resource) {
            return amounts.getOrDefault(resource, Quantity.ZERO);
        }

        private static String unspecified(Map<String, Quantity> hard, ObjectNode pod) {
            return hard.keySet().stream()
                    .map(resource -> Map.entry(resource, Usage.containersWithout(resource, pod)))
                    .filter(entry -> !entry.getValue().isEmpty())
                    .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
                    .collect(Collectors.joining("; "));
        }

        private static String text(Map<String, Quantity> amounts, Predicate<String> which) {
            return amounts.entrySet().stream()
                    .filter(entry -> which.test(entry.getKey()))
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(","));
        }

        private static Map<String, Quantity> hard(JsonNode quota) {
            Map<String, Quantity> hard = new TreeMap<>();
            Json.at(quota, "spec", "hard")
                    .propertyStream()
                    .forEach(entry ->
                            Quantity.of(entry.getValue()).ifPresent(amount -> hard.put(entry.getKey(), amount)));
            return hard;
        }

        private static ObjectNode json(Map<String, Quantity> amounts) {
            ObjectNode json = Json.object();
            amounts.forEach((resource, amount) -> json.put(resource, amount.toString()));
            return json;
        }
    }
}
