package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.quantity.Quantity;
import dev.shiplog.localcluster.status.Cause;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods and pod templates. */
final class Pods {
    private static final List<String> CHANGEABLE = List.of(
            "activeDeadlineSeconds", "terminationGracePeriodSeconds", "tolerations", "nodeName", "schedulingGates");

    private Pods() {}

    static void check(Findings findings, ObjectNode pod, @Nullable ObjectNode before) {
        spec(findings, "spec", pod.path("spec"));
        findings.oneOf("spec.restartPolicy", Json.at(pod, "spec", "restartPolicy"), "Always", "OnFailure", "Never");
        if (before != null && !Json.same(fixed(before), fixed(pod))) {
            findings.add(Cause.forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,"
                            + " `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations` (only"
                            + " additions to existing tolerations), `spec.terminationGracePeriodSeconds` (allow it to be"
                            + " set to 1 if it was previously negative)"));
        }
    }

    /** The spec without what may be changed. */
    private static JsonNode fixed(ObjectNode pod) {
        ObjectNode spec = (ObjectNode) pod.path("spec").deepCopy();
        spec.remove(CHANGEABLE);
        for (String list : List.of("containers", "initContainers")) {
            spec.path(list).forEach(container -> ((ObjectNode) container).remove("image"));
        }
        return spec;
    }

    static void template(Findings findings, JsonNode template) {
        Validation.labels(findings, "spec.template.labels", Json.at(template, "metadata", "labels"));
        spec(findings, "spec.template.spec", template.path("spec"));
        findings.oneOf("spec.template.spec.restartPolicy", Json.at(template, "spec", "restartPolicy"), "Always");
    }

    private static void spec(Findings findings, String path, JsonNode spec) {
        if (spec.path("containers").isEmpty()) {
            findings.required(path + ".containers");
        }
        Set<String> names = new HashSet<>();
        Set<String> volumes = new HashSet<>();
        for (int i = 0; i < spec.path("volumes").size(); i++) {
            String name = Json.text(spec.path("volumes").path(i), "name");
            if (name.isEmpty()) {
                findings.required(path + ".volumes[" + i + "].name");
            } else if (!volumes.add(name)) {
                findings.add(Cause.duplicate(path + ".volumes[" + i + "].name", "\"" + name + "\""));
            }
        }
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < spec.path(list).size(); i++) {
                container(
                        findings,
                        path + "." + list + "[" + i + "]",
                        spec.path(list).path(i),
                        names,
                        volumes);
            }
        }
        findings.oneOf(
                path + ".dnsPolicy",
                spec.path("dnsPolicy"),
                "ClusterFirst",
                "ClusterFirstWithHostNet",
                "Default",
                "None");
        findings.notNegative(path + ".terminationGracePeriodSeconds", spec.path("terminationGracePeriodSeconds"));
    }

    private static void container(
            Findings findings, String path, JsonNode container, Set<String> names, Set<String> volumes) {
        String name = Json.text(container, "name");
        if (name.isEmpty()) {
            findings.required(path + ".name");
        } else if (!names.add(name)) {
            findings.add(Cause.duplicate(path + ".name", "\"" + name + "\""));
        } else {
            Names.label(findings, path + ".name", name);
        }
        String image = Json.text(container, "image");
        if (image.isEmpty()) {
            findings.required(path + ".image");
        } else if (!image.strip().equals(image)) {
            findings.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
        findings.oneOf(path + ".imagePullPolicy", container.path("imagePullPolicy"), "Always", "IfNotPresent", "Never");
        for (int i = 0; i < container.path("ports").size(); i++) {
            JsonNode port = container.path("ports").path(i);
            findings.port(path + ".ports[" + i + "].containerPort", port.path("containerPort"));
            findings.oneOf(path + ".ports[" + i + "].protocol", port.path("protocol"), "SCTP", "TCP", "UDP");
        }
        for (int i = 0; i < container.path("env").size(); i++) {
            if (Json.text(container.path("env").path(i), "name").isEmpty()) {
                findings.required(path + ".env[" + i + "].name");
            }
        }
        for (int i = 0; i < container.path("volumeMounts").size(); i++) {
            String mounted = Json.text(container.path("volumeMounts").path(i), "name");
            if (!volumes.contains(mounted)) {
                findings.add(new Cause(
                        "FieldValueNotFound",
                        "Not found: \"" + mounted + "\"",
                        path + ".volumeMounts[" + i + "].name"));
            }
        }
        resources(findings, path + ".resources", container.path("resources"));
    }

    private static void resources(Findings findings, String path, JsonNode resources) {
        JsonNode limits = resources.path("limits");
        for (String side : List.of("limits", "requests")) {
            resources.path(side).forEachEntry((name, written) -> {
                if (Quantity.of(written).map(each -> each.value().signum() < 0).orElse(false)) {
                    findings.invalid(path + "." + side + "." + name, written, "must be greater than or equal to 0");
                }
            });
        }
        resources.path("requests").forEachEntry((name, written) -> {
            Optional<Quantity> limit = Quantity.of(limits.path(name));
            Optional<Quantity> request = Quantity.of(written);
            if (limit.isPresent() && request.isPresent() && request.get().compareTo(limit.get()) > 0) {
                findings.invalid(
                        path + ".requests",
                        written,
                        "must be less than or equal to " + name + " limit of "
                                + limits.path(name).asString());
            }
        });
    }
}
