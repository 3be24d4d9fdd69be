package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.AGE;
import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.text;
import static dev.shiplog.localcluster.table.Column.wide;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What leads requests to pods. */
final class NetworkColumns {
    static final List<Column> SERVICE = List.of(
            NAME,
            text("Type", object -> Json.text(object, "spec", "type")),
            text("Cluster-IP", object -> Texts.orNone(Json.text(object, "spec", "clusterIP"))),
            text("External-IP", NetworkColumns::externalAddress),
            text("Port(s)", NetworkColumns::servicePorts),
            AGE,
            wide("Selector", object -> Texts.labels(Json.at(object, "spec", "selector"))));
    static final List<Column> ENDPOINTS = List.of(NAME, text("Endpoints", NetworkColumns::subsets), AGE);
    static final List<Column> ENDPOINT_SLICE = List.of(
            NAME,
            text("AddressType", object -> Json.text(object, "addressType")),
            text("Ports", NetworkColumns::slicePorts),
            text("Endpoints", NetworkColumns::addresses),
            AGE);
    static final List<Column> HTTP_ROUTE = List.of(
            NAME,
            text("Hostnames", object -> {
                JsonNode names = Json.at(object, "spec", "hostnames");
                return names.isMissingNode() ? "" : names.toString();
            }),
            AGE);

    private NetworkColumns() {}

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

    private static String servicePorts(ObjectNode service) {
        return Texts.orNone(Texts.all(Json.at(service, "spec", "ports"), port -> {
            String node = port.has("nodePort") ? ":" + port.path("nodePort") : "";
            return port.path("port") + node + "/" + Json.text(port, "protocol");
        }));
    }

    /** Each address with each port; those of headless Services without ports alone. */
    private static String subsets(ObjectNode endpoints) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            for (JsonNode port : subset.path("ports")) {
                subset.path("addresses")
                        .forEach(address -> pairs.add(Json.text(address, "ip") + ":" + port.path("port")));
            }
            if (subset.path("ports").isEmpty()) {
                subset.path("addresses").forEach(address -> pairs.add(Json.text(address, "ip")));
            }
        }
        return endpoints.path("subsets").isEmpty() ? "<none>" : Texts.few(pairs);
    }

    private static String slicePorts(ObjectNode slice) {
        return orUnset(slice.path("ports")
                .valueStream()
                .map(port -> port.path("port").asString("*"))
                .toList());
    }

    private static String addresses(ObjectNode slice) {
        return orUnset(slice.path("endpoints")
                .valueStream()
                .flatMap(endpoint -> endpoint.path("addresses").valueStream())
                .map(JsonNode::asString)
                .toList());
    }

    private static String orUnset(List<String> texts) {
        return texts.isEmpty() ? "<unset>" : Texts.few(texts);
    }
}
