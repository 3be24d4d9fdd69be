package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.AGE;
import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.count;
import static dev.shiplog.localcluster.table.Column.text;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The columns of each kind, as kubectl's users know them. */
final class Columns {
    private static final List<Column> OF_OTHERS =
            List.of(NAME, text("Created At", object -> Json.text(object, "metadata", "creationTimestamp")));

    private static final Map<Kind, List<Column>> OF_KIND = Map.ofEntries(
            Map.entry(
                    Kinds.NAMESPACE,
                    List.of(NAME, text("Status", object -> Json.text(object, "status", "phase")), AGE)),
            Map.entry(Kinds.NODE, NodeColumns.NODE),
            Map.entry(Kinds.POD, PodColumns.POD),
            Map.entry(Kinds.EVENT, EventColumns.EVENT),
            Map.entry(
                    Kinds.CONFIG_MAP,
                    List.of(NAME, count("Data", object -> size(object, "data") + size(object, "binaryData")), AGE)),
            Map.entry(
                    Kinds.SECRET,
                    List.of(
                            NAME,
                            text("Type", object -> Json.text(object, "type")),
                            count("Data", object -> size(object, "data")),
                            AGE)),
            Map.entry(Kinds.SERVICE_ACCOUNT, List.of(NAME, count("Secrets", object -> size(object, "secrets")), AGE)),
            Map.entry(
                    Kinds.RESOURCE_QUOTA,
                    List.of(
                            NAME,
                            text("Request", object -> quota(object, false)),
                            text("Limit", object -> quota(object, true)),
                            AGE)),
            Map.entry(
                    Kinds.LEASE,
                    List.of(NAME, text("Holder", object -> Json.text(object, "spec", "holderIdentity")), AGE)),
            Map.entry(Kinds.ROLE_BINDING, AccessColumns.BINDING),
            Map.entry(Kinds.CLUSTER_ROLE_BINDING, AccessColumns.BINDING),
            Map.entry(Kinds.SERVICE, NetworkColumns.SERVICE),
            Map.entry(Kinds.ENDPOINTS, NetworkColumns.ENDPOINTS),
            Map.entry(Kinds.ENDPOINT_SLICE, NetworkColumns.ENDPOINT_SLICE),
            Map.entry(Kinds.HTTP_ROUTE, NetworkColumns.HTTP_ROUTE),
            Map.entry(Kinds.DEPLOYMENT, WorkloadColumns.DEPLOYMENT),
            Map.entry(Kinds.REPLICA_SET, WorkloadColumns.REPLICA_SET),
            Map.entry(Kinds.STATEFUL_SET, WorkloadColumns.STATEFUL_SET),
            Map.entry(Kinds.DAEMON_SET, WorkloadColumns.DAEMON_SET),
            Map.entry(Kinds.CONTROLLER_REVISION, WorkloadColumns.CONTROLLER_REVISION),
            Map.entry(Kinds.POD_DISRUPTION_BUDGET, WorkloadColumns.POD_DISRUPTION_BUDGET),
            Map.entry(Kinds.HORIZONTAL_POD_AUTOSCALER, WorkloadColumns.HORIZONTAL_POD_AUTOSCALER));

    private Columns() {}

    static List<Column> of(Kind kind) {
        return OF_KIND.getOrDefault(kind, OF_OTHERS);
    }

    private static int size(ObjectNode object, String field) {
        return object.path(field).size();
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
