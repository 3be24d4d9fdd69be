package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments and the other kinds that make pods from a template. */
final class Workloads {
    private static final Set<Kind> KINDS =
            Set.of(Kinds.DEPLOYMENT, Kinds.REPLICA_SET, Kinds.STATEFUL_SET, Kinds.DAEMON_SET);
    private static final Pattern PERCENT = Pattern.compile("[0-9]+%");

    private Workloads() {}

    static boolean isOne(Kind kind) {
        return KINDS.contains(kind);
    }

    static void check(Findings findings, Kind kind, ObjectNode object, @Nullable ObjectNode before) {
        JsonNode spec = object.path("spec");
        findings.notNegative("spec.replicas", spec.path("replicas"));
        findings.notNegative("spec.minReadySeconds", spec.path("minReadySeconds"));
        findings.notNegative("spec.revisionHistoryLimit", spec.path("revisionHistoryLimit"));
        selector(findings, kind, spec);
        Pods.template(findings, spec.path("template"));
        if (kind.equals(Kinds.DEPLOYMENT)) {
            strategy(findings, spec.path("strategy"));
            deadline(findings, spec);
        } else if (kind.equals(Kinds.STATEFUL_SET)) {
            findings.oneOf("spec.podManagementPolicy", spec.path("podManagementPolicy"), "OrderedReady", "Parallel");
            findings.oneOf(
                    "spec.updateStrategy.type", Json.at(spec, "updateStrategy", "type"), "OnDelete", "RollingUpdate");
        } else if (kind.equals(Kinds.DAEMON_SET)) {
            findings.oneOf(
                    "spec.updateStrategy.type", Json.at(spec, "updateStrategy", "type"), "OnDelete", "RollingUpdate");
        }
        if (before != null) {
            findings.immutable("spec.selector", Json.at(before, "spec", "selector"), spec.path("selector"));
            if (kind.equals(Kinds.STATEFUL_SET)) {
                keepStatefulSet(findings, before.path("spec"), spec);
            }
        }
    }

    private static void selector(Findings findings, Kind kind, JsonNode spec) {
        JsonNode selector = spec.path("selector");
        JsonNode labels = Json.at(spec, "template", "metadata", "labels");
        if (selector.isMissingNode()) {
            findings.required("spec.selector");
            mismatch(findings, labels);
            return;
        }
        if (selector.isEmpty()) {
            findings.invalid(
                    "spec.selector",
                    selector,
                    "empty selector is invalid for " + kind.name().toLowerCase(Locale.ROOT));
            return;
        }
        try {
            if (!LabelSelector.ofObject(selector).matchesLabels(labels)) {
                mismatch(findings, labels);
            }
        } catch (IllegalArgumentException e) {
            findings.invalid("spec.selector.matchExpressions[0].operator", selector, String.valueOf(e.getMessage()));
        }
    }

    private static void mismatch(Findings findings, JsonNode labels) {
        findings.invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
    }

    private static void strategy(Findings findings, JsonNode strategy) {
        String type = Json.text(strategy, "type");
        JsonNode rolling = strategy.path("rollingUpdate");
        if (type.equals("Recreate")) {
            if (!rolling.isMissingNode()) {
                findings.add(Cause.forbidden(
                        "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'"));
            }
            return;
        }
        findings.oneOf("spec.strategy.type", strategy.path("type"), "Recreate", "RollingUpdate");
        for (String field : List.of("maxUnavailable", "maxSurge")) {
            JsonNode value = rolling.path(field);
            String path = "spec.strategy.rollingUpdate." + field;
            findings.notNegative(path, value);
            if (value.isString() && !PERCENT.matcher(value.stringValue()).matches()) {
                findings.invalid(
                        path,
                        value,
                        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
                                + " '93%', regex used for validation is '[0-9]+%')");
            }
        }
        if (isZero(rolling.path("maxUnavailable")) && isZero(rolling.path("maxSurge"))) {
            findings.invalid(
                    "spec.strategy.rollingUpdate.maxUnavailable",
                    rolling.path("maxUnavailable"),
                    "may not be 0 when `maxSurge` is 0");
        }
    }

    private static boolean isZero(JsonNode value) {
        return value.asString("").equals("0") || value.asString("").equals("0%");
    }

    private static void deadline(Findings findings, JsonNode spec) {
        JsonNode deadline = spec.path("progressDeadlineSeconds");
        findings.notNegative("spec.progressDeadlineSeconds", deadline);
        if (deadline.isNumber() && deadline.longValue() <= Json.number(spec, 0, "minReadySeconds")) {
            findings.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    private static void keepStatefulSet(Findings findings, JsonNode before, JsonNode after) {
        for (String field : List.of("serviceName", "podManagementPolicy", "volumeClaimTemplates")) {
            if (!Json.same(before.path(field), after.path(field))) {
                findings.add(Cause.forbidden(
                        "spec",
                        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                                + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                                + " 'minReadySeconds' are forbidden"));
                return;
            }
        }
    }
}
