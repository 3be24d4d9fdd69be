package dev.shiplog.localcluster.table;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns of each kind, as kubectl's users know them. */
final class Columns {
    private static final Map<Kind, List<Column>> OF_KIND = new HashMap<>();
    private static final List<Column> OF_OTHERS = List.of(
            text("Name", object -> Json.text(object, "metadata", "name")),
            timed("Created At", (object, now) -> Json.text(object, "metadata", "creationTimestamp")));
    private static final Column NAME = text("Name", object -> Json.text(object, "metadata", "name"));
    private static final Column AGE =
            timed("Age", (object, now) -> Ages.since(Json.text(object, "metadata", "creationTimestamp"), now));

    static {
        OF_KIND.put(
                Kinds.NAMESPACE, List.of(NAME, text("Status", object -> Json.text(object, "status", "phase")), AGE));
        OF_KIND.put(
                Kinds.DEPLOYMENT,
                List.of(
                        NAME,
                        text("Ready", object -> ready(object, "spec.replicas")),
                        number("Up-to-date", "status", "updatedReplicas"),
                        number("Available", "status", "availableReplicas"),
                        AGE,
                        wide("Containers", object -> containers(object, "name")),
                        wide("Images", object -> containers(object, "image")),
                        wide("Selector", Columns::selector)));
        OF_KIND.put(
                Kinds.REPLICA_SET,
                List.of(
                        NAME,
                        number("Desired", "spec", "replicas"),
                        number("Current", "status", "replicas"),
                        number("Ready", "status", "readyReplicas"),
                        AGE,
                        wide("Containers", object -> containers(object, "name")),
                        wide("Images", object -> containers(object, "image")),
                        wide("Selector", Columns::selector)));
        OF_KIND.put(
                Kinds.STATEFUL_SET,
                List.of(
                        NAME,
                        text("Ready", object -> ready(object, "spec.replicas")),
                        AGE,
                        wide("Containers", object -> containers(object, "name")),
                        wide("Images", object -> containers(object, "image"))));
        OF_KIND.put(
                Kinds.DAEMON_SET,
                List.of(
                        NAME,
                        number("Desired", "status", "desiredNumberScheduled"),
                        number("Current", "status", "currentNumberScheduled"),
                        number("Ready", "status", "numberReady"),
                        number("Up-to-date", "status", "updatedNumberScheduled"),
                        number("Available", "status", "numberAvailable"),
                        text(
                                "Node Selector",
                                object -> labels(Json.at(object, "spec", "template", "spec", "nodeSelector"))),
                        AGE,
                        wide("Containers", object -> containers(object, "name")),
                        wide("Images", object -> containers(object, "image")),
                        wide("Selector", Columns::selector)));
        OF_KIND.put(
                Kinds.POD,
                List.of(
                        NAME,
                        text("Ready", PodColumns::ready),
                        text("Status", PodColumns::status),
                        timed("Restarts", PodColumns::restarts),
                        AGE,
                        wide("IP", object -> orNone(Json.text(object, "status", "podIP"))),
                        wide("Node", object -> orNone(Json.text(object, "spec", "nodeName"))),
                        wide("Nominated Node", object -> orNone(Json.text(object, "status", "nominatedNodeName"))),
                        wide("Readiness Gates", object -> "<none>")));
        OF_KIND.put(
                Kinds.SERVICE,
                List.of(
                        NAME,
                        text("Type", object -> Json.text(object, "spec", "type")),
                        text("Cluster-IP", object -> orNone(Json.text(object, "spec", "clusterIP"))),
                        text("External-IP", Columns::externalAddress),
                        text("Port(s)", Columns::ports),
                        AGE,
                        wide("Selector", object -> labels(Json.at(object, "spec", "selector")))));
        OF_KIND.put(
                Kinds.CONFIG_MAP,
                List.of(
                        NAME,
                        count(
                                "Data",
                                object -> Json.at(object, "data").size()
                                        + Json.at(object, "binaryData").size()),
                        AGE));
        OF_KIND.put(
                Kinds.SECRET,
                List.of(
                        NAME,
                        text("Type", object -> Json.text(object, "type")),
                        count("Data", object -> Json.at(object, "data").size()),
                        AGE));
        OF_KIND.put(
                Kinds.SERVICE_ACCOUNT,
                List.of(
                        NAME,
                        count("Secrets", object -> Json.at(object, "secrets").size()),
                        AGE));
        OF_KIND.put(
                Kinds.NODE,
                List.of(
                        NAME,
                        text("Status", Columns::nodeStatus),
                        text("Roles", object -> "<none>"),
                        AGE,
                        text("Version", object -> Json.text(object, "status", "nodeInfo", "kubeletVersion"))));
        OF_KIND.put(
                Kinds.EVENT,
                List.of(
                        timed("Last Seen", (object, now) -> Ages.since(lastSeen(object), now)),
                        text("Type", object -> Json.text(object, "type")),
                        text("Reason", object -> Json.text(object, "reason")),
                        text(
                                "Object",
                                object -> Json.text(object, "involvedObject", "kind")
                                                .toLowerCase(java.util.Locale.ROOT) + "/"
                                        + Json.text(object, "involvedObject", "name")),
                        text("Message", object -> Json.text(object, "message").strip())));
        OF_KIND.put(
                Kinds.ENDPOINT_SLICE,
                List.of(
                        NAME,
                        text("AddressType", object -> Json.text(object, "addressType")),
                        text(
                                "Ports",
                                object -> joined(
                                        object.path("ports"),
                                        port -> port.path("port").asString("*"))),
                        text(
                                "Endpoints",
                                object -> joined(
                                        object.path("endpoints"),
                                        endpoint -> endpoint.path("addresses")
                                                .path(0)
                                                .asString(""))),
                        AGE));
        OF_KIND.put(
                Kinds.POD_DISRUPTION_BUDGET,
                List.of(
                        NAME,
                        text("Min Available", object -> orNotApplicable(object, "minAvailable")),
                        text("Max Unavailable", object -> orNotApplicable(object, "maxUnavailable")),
                        number("Allowed Disruptions", "status", "disruptionsAllowed"),
                        AGE));
        OF_KIND.put(
                Kinds.HORIZONTAL_POD_AUTOSCALER,
                List.of(
                        NAME,
                        text(
                                "Reference",
                                object -> Json.text(object, "spec", "scaleTargetRef", "kind") + "/"
                                        + Json.text(object, "spec", "scaleTargetRef", "name")),
                        text("Targets", Columns::targets),
                        text(
                                "MinPods",
                                object -> Json.at(object, "spec", "minReplicas").asString("<unset>")),
                        number("MaxPods", "spec", "maxReplicas"),
                        number("Replicas", "status", "currentReplicas"),
                        AGE));
        OF_KIND.put(
                Kinds.RESOURCE_QUOTA,
                List.of(
                        NAME,
                        text("Request", object -> quota(object, false)),
                        text("Limit", object -> quota(object, true)),
                        AGE));
        OF_KIND.put(
                Kinds.CONTROLLER_REVISION,
                List.of(
                        NAME,
                        text(
                                "Controller",
                                object -> joined(
                                        Json.at(object, "metadata", "ownerReferences"),
                                        owner -> Json.text(owner, "kind").toLowerCase(java.util.Locale.ROOT) + ".apps/"
                                                + Json.text(owner, "name"))),
                        number("Revision", "revision"),
                        AGE));
    }

    private Columns() {}

    static List<Column> of(Kind kind) {
        return OF_KIND.getOrDefault(kind, OF_OTHERS);
    }

    private static Column text(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", false, (object, now) -> Json.text(cell.apply(object)));
    }

    private static Column wide(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", true, (object, now) -> Json.text(cell.apply(object)));
    }

    private static Column timed(String name, BiFunction<ObjectNode, Instant, String> cell) {
        return new Column(name, "string", false, (object, now) -> Json.text(cell.apply(object, now)));
    }

    private static Column number(String name, String... path) {
        return count(name, object -> (int) Json.number(object, 0, path));
    }

    private static Column count(String name, Function<ObjectNode, Integer> cell) {
        return new Column(name, "integer", false, (object, now) -> Json.number(cell.apply(object)));
    }

    private static String ready(ObjectNode object, String wanted) {
        return Json.number(object, 0, "status", "readyReplicas") + "/" + Json.number(object, 0, wanted.split("\\."));
    }

    private static String containers(ObjectNode object, String field) {
        return joined(Json.at(object, "spec", "template", "spec", "containers"), each -> Json.text(each, field));
    }

    private static String selector(ObjectNode object) {
        return LabelSelector.ofObject(Json.at(object, "spec", "selector")).toString();
    }

    private static String labels(JsonNode labels) {
        return orNone(labels.propertyStream()
                .map(label -> label.getKey() + "=" + label.getValue().asString())
                .collect(Collectors.joining(",")));
    }

    private static String joined(JsonNode items, Function<JsonNode, String> each) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(each.apply(item)));
        String all = String.join(",", texts.subList(0, Math.min(3, texts.size())));
        return texts.size() > 3 ? all + " + " + (texts.size() - 3) + " more..." : all;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }

    /** Where there are no metrics, only what is wanted is known. */
    private static String targets(ObjectNode autoscaler) {
        return joined(Json.at(autoscaler, "spec", "metrics"), metric -> {
            JsonNode wanted = Json.at(metric, "resource", "target", "averageUtilization");
            return wanted.isMissingNode()
                    ? "<unknown>"
                    : Json.text(metric, "resource", "name") + ": <unknown>/" + wanted + "%";
        });
    }

    private static String orNotApplicable(ObjectNode object, String field) {
        return Json.at(object, "spec", field).asString("N/A");
    }

    private static String externalAddress(ObjectNode service) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode ingress : Json.at(service, "status", "loadBalancer", "ingress")) {
            String ip = Json.text(ingress, "ip");
            addresses.add(ip.isEmpty() ? Json.text(ingress, "hostname") : ip);
        }
        Json.at(service, "spec", "externalIPs").forEach(ip -> addresses.add(ip.asString()));
        if (!addresses.isEmpty()) {
            return String.join(",", addresses);
        }
        return switch (Json.text(service, "spec", "type")) {
            case "LoadBalancer" -> "<pending>";
            case "ExternalName" -> Json.text(service, "spec", "externalName");
            default -> "<none>";
        };
    }

    private static String ports(ObjectNode service) {
        List<String> ports = new ArrayList<>();
        for (JsonNode port : Json.at(service, "spec", "ports")) {
            String node = port.has("nodePort") ? ":" + port.path("nodePort") : "";
            ports.add(port.path("port") + node + "/" + Json.text(port, "protocol"));
        }
        return orNone(String.join(",", ports));
    }

    private static String nodeStatus(ObjectNode node) {
        String ready = "Unknown";
        for (JsonNode condition : Json.at(node, "status", "conditions")) {
            if (Json.text(condition, "type").equals("Ready")) {
                ready = Json.text(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return Json.flag(node, "spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
    }

    private static String lastSeen(ObjectNode event) {
        for (String field : List.of("lastTimestamp", "eventTime", "firstTimestamp")) {
            String time = Json.text(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return Json.text(event, "metadata", "creationTimestamp");
    }

    private static String quota(ObjectNode quota, boolean limits) {
        return Json.at(quota, "spec", "hard")
                .propertyStream()
                .filter(hard -> hard.getKey().startsWith("limits") == limits)
                .map(hard -> hard.getKey() + ": "
                        + Json.at(quota, "status", "used").path(hard.getKey()).asString("0") + "/"
                        + hard.getValue().asString())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
