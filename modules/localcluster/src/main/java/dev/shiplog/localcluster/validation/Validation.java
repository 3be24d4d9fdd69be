package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks an object before it is stored. */
public final class Validation {
    private static final Set<Kind> NAMED_LIKE_A_HOST = Set.of(Kinds.SERVICE, Kinds.NAMESPACE);
    private static final Set<Kind> NAMED_FREELY =
            Set.of(Kinds.ROLE, Kinds.ROLE_BINDING, Kinds.CLUSTER_ROLE, Kinds.CLUSTER_ROLE_BINDING);

    private Validation() {}

    /** What is wrong with the object; nothing if it may be stored. */
    public static List<Cause> check(Kind kind, ObjectNode object, @Nullable ObjectNode before) {
        Findings findings = new Findings();
        metadata(findings, kind, object, before);
        if (Workloads.isOne(kind)) {
            Workloads.check(findings, kind, object, before);
        } else if (kind.equals(Kinds.POD)) {
            Pods.check(findings, object, before);
        } else if (kind.equals(Kinds.SERVICE)) {
            Services.check(findings, object, before);
        } else if (kind.equals(Kinds.CONFIG_MAP) || kind.equals(Kinds.SECRET)) {
            Configuration.check(findings, kind, object, before);
        } else if (kind.equals(Kinds.POD_DISRUPTION_BUDGET)) {
            disruptionBudget(findings, object);
        } else if (kind.equals(Kinds.HORIZONTAL_POD_AUTOSCALER)) {
            autoscaler(findings, object);
        } else if (kind.equals(Kinds.HTTP_ROUTE)) {
            HttpRoutes.check(findings, object);
        }
        return findings.causes();
    }

    private static void metadata(Findings findings, Kind kind, ObjectNode object, @Nullable ObjectNode before) {
        JsonNode meta = object.path("metadata");
        String name = Json.text(meta, "name");
        if (name.isEmpty() && Json.text(meta, "generateName").isEmpty()) {
            findings.add(Cause.required("metadata.name", "name or generateName is required"));
        } else if (!name.isEmpty() && NAMED_LIKE_A_HOST.contains(kind)) {
            Names.label(findings, "metadata.name", name);
        } else if (!name.isEmpty() && !NAMED_FREELY.contains(kind)) {
            Names.subdomain(findings, "metadata.name", name);
        }
        labels(findings, "metadata.labels", meta.path("labels"));
        meta.path("annotations").propertyNames().forEach(key -> Names.qualified(findings, "metadata.annotations", key));
        Ownership.check(findings, meta, before == null ? null : before.path("metadata"));
        if (before != null && meta.has("uid")) {
            findings.immutable("metadata.uid", Json.at(before, "metadata", "uid"), meta.path("uid"));
        }
    }

    static void labels(Findings findings, String field, JsonNode labels) {
        labels.forEachEntry((key, value) -> {
            Names.qualified(findings, field, key);
            Names.labelValue(findings, field, value.asString(""));
        });
    }

    private static void disruptionBudget(Findings findings, ObjectNode budget) {
        JsonNode spec = budget.path("spec");
        if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
            findings.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
        }
        findings.notNegative("spec.minAvailable", spec.path("minAvailable"));
        findings.notNegative("spec.maxUnavailable", spec.path("maxUnavailable"));
    }

    private static void autoscaler(Findings findings, ObjectNode autoscaler) {
        JsonNode spec = autoscaler.path("spec");
        long most = Json.number(spec, 0, "maxReplicas");
        if (most < 1) {
            findings.invalid("spec.maxReplicas", Json.number(most), "must be greater than 0");
        }
        if (Json.number(spec, 1, "minReplicas") > most) {
            findings.invalid("spec.maxReplicas", Json.number(most), "must be greater than or equal to `minReplicas`");
        }
        if (Json.text(spec, "scaleTargetRef", "name").isEmpty()) {
            findings.required("spec.scaleTargetRef.name");
        }
        if (Json.text(spec, "scaleTargetRef", "kind").isEmpty()) {
            findings.required("spec.scaleTargetRef.kind");
        }
    }
}
