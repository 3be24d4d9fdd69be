package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.AGE;
import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.number;
import static dev.shiplog.localcluster.table.Column.text;
import static dev.shiplog.localcluster.table.Column.wide;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.selector.LabelSelector;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What makes pods, and what watches over their number. */
final class WorkloadColumns {
    private static final Column CONTAINERS = wide("Containers", object -> containers(object, "name"));
    private static final Column IMAGES = wide("Images", object -> containers(object, "image"));
    private static final Column SELECTOR = wide(
            "Selector",
            object ->
                    LabelSelector.ofObject(Json.at(object, "spec", "selector")).toString());

    static final List<Column> DEPLOYMENT = List.of(
            NAME,
            text("Ready", WorkloadColumns::ready),
            number("Up-to-date", "status", "updatedReplicas"),
            number("Available", "status", "availableReplicas"),
            AGE,
            CONTAINERS,
            IMAGES,
            SELECTOR);
    static final List<Column> REPLICA_SET = List.of(
            NAME,
            number("Desired", "spec", "replicas"),
            number("Current", "status", "replicas"),
            number("Ready", "status", "readyReplicas"),
            AGE,
            CONTAINERS,
            IMAGES,
            SELECTOR);
    static final List<Column> STATEFUL_SET =
            List.of(NAME, text("Ready", WorkloadColumns::ready), AGE, CONTAINERS, IMAGES);
    static final List<Column> DAEMON_SET = List.of(
            NAME,
            number("Desired", "status", "desiredNumberScheduled"),
            number("Current", "status", "currentNumberScheduled"),
            number("Ready", "status", "numberReady"),
            number("Up-to-date", "status", "updatedNumberScheduled"),
            number("Available", "status", "numberAvailable"),
            text("Node Selector", object -> Texts.labels(Json.at(object, "spec", "template", "spec", "nodeSelector"))),
            AGE,
            CONTAINERS,
            IMAGES,
            SELECTOR);
    static final List<Column> CONTROLLER_REVISION =
            List.of(NAME, text("Controller", WorkloadColumns::controller), number("Revision", "revision"), AGE);
    static final List<Column> POD_DISRUPTION_BUDGET = List.of(
            NAME,
            text("Min Available", object -> orNotApplicable(object, "minAvailable")),
            text("Max Unavailable", object -> orNotApplicable(object, "maxUnavailable")),
            number("Allowed Disruptions", "status", "disruptionsAllowed"),
            AGE);
    static final List<Column> HORIZONTAL_POD_AUTOSCALER = List.of(
            NAME,
            text(
                    "Reference",
                    object -> Json.text(object, "spec", "scaleTargetRef", "kind") + "/"
                            + Json.text(object, "spec", "scaleTargetRef", "name")),
            text("Targets", WorkloadColumns::targets),
            text("MinPods", object -> Json.at(object, "spec", "minReplicas").asString("<unset>")),
            number("MaxPods", "spec", "maxReplicas"),
            number("Replicas", "status", "currentReplicas"),
            AGE);

    private WorkloadColumns() {}

    private static String ready(ObjectNode object) {
        return Json.number(object, 0, "status", "readyReplicas") + "/" + Json.number(object, 0, "spec", "replicas");
    }

    private static String containers(ObjectNode object, String field) {
        return Texts.all(Json.at(object, "spec", "template", "spec", "containers"), each -> Json.text(each, field));
    }

    private static String controller(ObjectNode revision) {
        return Texts.orNone(Json.at(revision, "metadata", "ownerReferences")
                .valueStream()
                .filter(owner -> Json.flag(owner, "controller"))
                .map(owner -> Json.text(owner, "kind").toLowerCase(Locale.ROOT) + ".apps/" + Json.text(owner, "name"))
                .collect(Collectors.joining()));
    }

    private static String orNotApplicable(ObjectNode object, String field) {
        return Json.at(object, "spec", field).asString("N/A");
    }

    /** Where there are no metrics, only what is wanted is known. */
    private static String targets(ObjectNode autoscaler) {
        return Texts.few(Json.at(autoscaler, "spec", "metrics")
                .valueStream()
                .map(WorkloadColumns::target)
                .toList());
    }

    private static String target(JsonNode metric) {
        JsonNode wanted = Json.at(metric, "resource", "target", "averageUtilization");
        return wanted.isMissingNode()
                ? "<unknown>"
                : Json.text(metric, "resource", "name") + ": <unknown>/" + wanted + "%";
    }
}
