package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.AGE;
import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.text;
import static dev.shiplog.localcluster.table.Column.wide;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a node is, where, and what runs on it. */
final class NodeColumns {
    private static final String ROLE = "node-role.kubernetes.io/";

    static final List<Column> NODE = List.of(
            NAME,
            text("Status", NodeColumns::status),
            text("Roles", NodeColumns::roles),
            AGE,
            text("Version", object -> Json.text(object, "status", "nodeInfo", "kubeletVersion")),
            wide("Internal-IP", object -> address(object, "InternalIP")),
            wide("External-IP", object -> address(object, "ExternalIP")),
            wide("OS-Image", object -> info(object, "osImage")),
            wide("Kernel-Version", object -> info(object, "kernelVersion")),
            wide("Container-Runtime", object -> info(object, "containerRuntimeVersion")));

    private NodeColumns() {}

    private static String status(ObjectNode node) {
        String ready = "Unknown";
        for (JsonNode condition : Json.at(node, "status", "conditions")) {
            if (Json.text(condition, "type").equals("Ready")) {
                ready = Json.text(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return Json.flag(node, "spec", "unschedulable") ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(ObjectNode node) {
        return Texts.orNone(Json.at(node, "metadata", "labels")
                .propertyStream()
                .filter(label -> label.getKey().startsWith(ROLE))
                .map(label -> label.getKey().substring(ROLE.length()))
                .sorted()
                .collect(Collectors.joining(",")));
    }

    private static String address(ObjectNode node, String type) {
        return Json.at(node, "status", "addresses")
                .valueStream()
                .filter(address -> Json.text(address, "type").equals(type))
                .map(address -> Json.text(address, "address"))
                .findFirst()
                .orElse("<none>");
    }

    private static String info(ObjectNode node, String field) {
        return Json.at(node, "status", "nodeInfo", field).asString("<unknown>");
    }
}
