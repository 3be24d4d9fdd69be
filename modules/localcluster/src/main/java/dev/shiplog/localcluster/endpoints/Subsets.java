package dev.shiplog.localcluster.endpoints;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Kinds;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The Endpoints of a Service, as they were before there were slices: all ready pods in one list, the others in a second. */
final class Subsets {
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";

    private Subsets() {}

    static ObjectNode empty(ObjectNode service) {
        ObjectNode metadata = Json.object()
                .put("name", Json.text(service, "metadata", "name"))
                .put("namespace", Json.text(service, "metadata", "namespace"));
        ObjectNode endpoints = Json.object();
        endpoints.put("apiVersion", Kinds.ENDPOINTS.apiVersion()).put("kind", Kinds.ENDPOINTS.name());
        endpoints.set("metadata", metadata);
        return endpoints;
    }

    /** Those that somebody has written by hand are left alone. */
    static boolean isManaged(ObjectNode endpoints) {
        return Json.at(endpoints, "metadata", "labels").has(MANAGED_BY);
    }

    private static ObjectNode labels(ObjectNode service) {
        ObjectNode labels = Json.object();
        Json.at(service, "metadata", "labels").forEachEntry(labels::set);
        return labels.put(MANAGED_BY, "endpoint-controller");
    }

    static ObjectNode filled(ObjectNode known, ObjectNode service, List<ObjectNode> pods) {
        ObjectNode endpoints = Json.with(known, labels(service), "metadata", "labels");
        boolean publishUnready = Json.flag(service, "spec", "publishNotReadyAddresses");
        List<ObjectNode> there = pods.stream()
                .filter(pod -> publishUnready || !Pods.isTerminating(pod))
                .sorted(Comparator.<ObjectNode>comparingInt(pod -> address(pod).length())
                        .thenComparing(Subsets::address))
                .toList();
        if (there.isEmpty()) {
            return Json.without(endpoints, "subsets");
        }
        ObjectNode subset = Json.object();
        put(
                subset,
                "addresses",
                there.stream()
                        .filter(pod -> publishUnready || Pods.isReady(pod))
                        .toList());
        put(
                subset,
                "notReadyAddresses",
                there.stream()
                        .filter(pod -> !publishUnready && !Pods.isReady(pod))
                        .toList());
        ArrayNode ports = subset.putArray("ports");
        for (JsonNode port : Slice.ports(service, Objects.requireNonNull(there.get(0)))) {
            ObjectNode named = Json.copy((ObjectNode) port);
            if (Json.text(named, "name").isEmpty()) {
                named.remove("name");
            }
            ports.add(named);
        }
        return Json.with(endpoints, Json.array(List.of(subset)), "subsets");
    }

    private static void put(ObjectNode subset, String field, List<ObjectNode> pods) {
        if (!pods.isEmpty()) {
            subset.set(field, Json.array(pods.stream().map(Subsets::written).toList()));
        }
    }

    private static ObjectNode written(ObjectNode pod) {
        ObjectNode address = Json.object().put("ip", address(pod)).put("nodeName", Pods.nodeName(pod));
        address.set("targetRef", Slice.reference(pod));
        return address;
    }

    private static String address(ObjectNode pod) {
        return Json.text(pod, "status", "podIP");
    }
}
