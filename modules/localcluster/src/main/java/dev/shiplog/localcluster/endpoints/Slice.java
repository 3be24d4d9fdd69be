package dev.shiplog.localcluster.endpoints;

import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Kinds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The EndpointSlice of a Service, from its pods. */
final class Slice {
    static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private Slice() {}

    /** A slice without endpoints, whose name is made up when it is stored. */
    static ObjectNode empty(ObjectNode service) {
        ObjectNode metadata = Json.object()
                .put("generateName", Json.text(service, "metadata", "name") + "-")
                .put("namespace", Json.text(service, "metadata", "namespace"));
        metadata.set("ownerReferences", Owner.controlledBy(Kinds.SERVICE, service));
        ObjectNode slice = Json.object();
        slice.put("apiVersion", Kinds.ENDPOINT_SLICE.apiVersion()).put("kind", Kinds.ENDPOINT_SLICE.name());
        slice.set("metadata", metadata);
        slice.put("addressType", "IPv4");
        return slice.putNull("endpoints").putNull("ports");
    }

    /** The Service's own, whatever the slice had, and those by which slices are found. */
    private static ObjectNode labels(ObjectNode service) {
        ObjectNode labels = Json.object();
        Json.at(service, "metadata", "labels").forEachEntry(labels::set);
        labels.put("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
        return labels.put(SERVICE_LABEL, Json.text(service, "metadata", "name"));
    }

    /** The slice with these pods: those it knows stay in their places, the others follow in the order of their age. */
    static ObjectNode filled(ObjectNode slice, ObjectNode service, List<ObjectNode> pods) {
        Map<String, Integer> places = new HashMap<>();
        Json.at(slice, "endpoints")
                .forEach(endpoint -> places.put(Json.text(endpoint, "targetRef", "uid"), places.size()));
        List<ObjectNode> ordered = pods.stream()
                .sorted(Comparator.<ObjectNode>comparingInt(
                                pod -> places.getOrDefault(Json.text(pod, "metadata", "uid"), Integer.MAX_VALUE))
                        .thenComparing(pod -> Json.text(pod, "metadata", "creationTimestamp"))
                        .thenComparingInt(
                                pod -> Json.text(pod, "status", "podIP").length())
                        .thenComparing(pod -> Json.text(pod, "status", "podIP")))
                .toList();
        ObjectNode filled = Json.with(slice, labels(service), "metadata", "labels");
        if (ordered.isEmpty()) {
            return filled.putNull("endpoints").putNull("ports");
        }
        boolean publishUnready = Json.flag(service, "spec", "publishNotReadyAddresses");
        filled.set(
                "endpoints",
                Json.array(ordered.stream()
                        .map(pod -> endpoint(pod, publishUnready))
                        .toList()));
        filled.set("ports", ports(service, ordered.get(0)));
        return filled;
    }

    private static ObjectNode endpoint(ObjectNode pod, boolean publishUnready) {
        boolean serving = Pods.isReady(pod);
        boolean terminating = Pods.isTerminating(pod);
        ObjectNode endpoint = Json.object();
        endpoint.set("addresses", Json.array(List.of(Json.at(pod, "status", "podIP"))));
        endpoint.set(
                "conditions",
                Json.object()
                        .put("ready", publishUnready || (serving && !terminating))
                        .put("serving", serving)
                        .put("terminating", terminating));
        endpoint.set("targetRef", reference(pod));
        endpoint.put("nodeName", Pods.nodeName(pod));
        String zone = Json.text(pod, "metadata", "labels", "topology.kubernetes.io/zone");
        return zone.isEmpty() ? endpoint : endpoint.put("zone", zone);
    }

    static ObjectNode reference(ObjectNode pod) {
        return Json.object()
                .put("kind", "Pod")
                .put("namespace", Json.text(pod, "metadata", "namespace"))
                .put("name", Json.text(pod, "metadata", "name"))
                .put("uid", Json.text(pod, "metadata", "uid"));
    }

    static ArrayNode ports(ObjectNode service, ObjectNode pod) {
        ArrayNode ports = Json.array();
        for (JsonNode port : Json.at(service, "spec", "ports")) {
            ObjectNode resolved = ports.addObject().put("name", Json.text(port, "name"));
            String protocol = Json.text(port, "protocol");
            resolved.put("protocol", protocol.isEmpty() ? "TCP" : protocol);
            resolved.set("port", target(port, pod));
        }
        return ports;
    }

    /** A target by name is the port of the container that has one of that name. */
    private static JsonNode target(JsonNode port, ObjectNode pod) {
        JsonNode target = port.path("targetPort");
        if (!target.isString()) {
            return target.isNumber() ? target : port.path("port");
        }
        return Json.at(pod, "spec", "containers")
                .valueStream()
                .flatMap(container -> container.path("ports").valueStream())
                .filter(named -> Json.text(named, "name").equals(target.asString()))
                .map(named -> named.path("containerPort"))
                .findFirst()
                .orElse(JsonNodeFactory.instance.nullNode());
    }
}
