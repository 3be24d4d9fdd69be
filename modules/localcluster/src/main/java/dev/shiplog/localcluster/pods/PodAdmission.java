package dev.shiplog.localcluster.pods;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Admission;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What every pod gets on its way in, whoever creates it: requests, a service account, tolerations and a first status. */
public final class PodAdmission implements Controller, Admission {
    private static final Map<String, String> SPEC_TEXTS = Map.of(
            "restartPolicy", "Always",
            "dnsPolicy", "ClusterFirst",
            "serviceAccountName", "default",
            "serviceAccount", "default",
            "schedulerName", "default-scheduler",
            "preemptionPolicy", "PreemptLowerPriority");

    @Override
    public void attach(Store store, Timers timers) {
        store.admit(this);
    }

    @Override
    public ObjectNode admit(Kind kind, ObjectNode candidate) {
        if (!kind.equals(Kinds.POD) || !(candidate.path("spec") instanceof ObjectNode given)) {
            return candidate;
        }
        ObjectNode spec = Json.copy(given);
        spec.set(
                "containers",
                Json.array(spec.path("containers")
                        .valueStream()
                        .map(PodAdmission::withRequests)
                        .toList()));
        SPEC_TEXTS.forEach((name, value) -> {
            if (!spec.has(name)) {
                spec.put(name, value);
            }
        });
        if (!spec.has("tolerations")) {
            spec.set("tolerations", tolerations());
        }
        if (!spec.has("terminationGracePeriodSeconds")) {
            spec.put("terminationGracePeriodSeconds", 30);
        }
        if (!spec.has("priority")) {
            spec.put("priority", 0);
        }
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
        ObjectNode status = Json.object().put("phase", "Pending").put("qosClass", qualityOfService(spec));
        return Json.with(Json.with(candidate, spec, "spec"), status, "status");
    }

    private static JsonNode withRequests(JsonNode container) {
        if (!(container instanceof ObjectNode given)
                || container.path("resources").path("limits").isEmpty()) {
            return container;
        }
        ObjectNode requests = Json.object();
        container
                .path("resources")
                .path("requests")
                .propertyStream()
                .forEach(e -> requests.set(e.getKey(), e.getValue()));
        container.path("resources").path("limits").propertyStream().forEach(limit -> {
            if (!requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        });
        return Json.with(given, requests, "resources", "requests");
    }

    /** Guaranteed: every container has limits for both, and requests equal to them. BestEffort: nothing at all. */
    private static String qualityOfService(JsonNode spec) {
        boolean guaranteed = true;
        boolean none = true;
        for (JsonNode container : spec.path("containers")) {
            JsonNode limits = container.path("resources").path("limits");
            JsonNode requests = container.path("resources").path("requests");
            none &= limits.isEmpty() && requests.isEmpty();
            guaranteed &= limits.has("cpu") && limits.has("memory") && Json.same(limits, requests);
        }
        return none ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }

    private static ArrayNode tolerations() {
        ArrayNode tolerations = Json.array();
        for (String key : new String[] {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
            tolerations
                    .addObject()
                    .put("key", key)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", 300);
        }
        return tolerations;
    }
}
