package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Services. */
final class Services {
    private static final long MOST_AFFINITY_SECONDS = 86_400;

    private Services() {}

    static void check(Findings findings, ObjectNode service, @Nullable ObjectNode before) {
        JsonNode spec = service.path("spec");
        String type = Json.text(spec, "type");
        boolean headless = Json.text(spec, "clusterIP").equals("None");
        if (spec.path("ports").isEmpty() && !headless && !type.equals("ExternalName")) {
            findings.required("spec.ports");
        }
        if (type.equals("ExternalName") && Json.text(spec, "externalName").isEmpty()) {
            findings.required("spec.externalName");
        }
        ports(findings, spec.path("ports"));
        findings.oneOf("spec.type", spec.path("type"), "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        findings.oneOf("spec.sessionAffinity", spec.path("sessionAffinity"), "ClientIP", "None");
        JsonNode timeout = Json.at(spec, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
        if (timeout.isNumber() && (timeout.longValue() < 1 || timeout.longValue() > MOST_AFFINITY_SECONDS)) {
            findings.invalid(
                    "spec.sessionAffinityConfig.clientIP.timeoutSeconds",
                    timeout,
                    "must be greater than 0 and less than 86400");
        }
        if (before != null && !type.equals("ExternalName")) {
            JsonNode had = Json.at(before, "spec", "clusterIP");
            if (had.isString() && !Json.same(had, spec.path("clusterIP"))) {
                findings.invalid("spec.clusterIPs[0]", spec.path("clusterIPs"), "may not change once set");
            }
        }
    }

    private static void ports(Findings findings, JsonNode ports) {
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.path(i);
            String path = "spec.ports[" + i + "]";
            String name = Json.text(port, "name");
            if (name.isEmpty() && ports.size() > 1) {
                findings.required(path + ".name");
            } else if (!name.isEmpty() && !names.add(name)) {
                findings.add(Cause.duplicate(path + ".name", "\"" + name + "\""));
            }
            findings.port(path + ".port", port.path("port"));
            findings.oneOf(path + ".protocol", port.path("protocol"), "SCTP", "TCP", "UDP");
            if (!numbers.add(port.path("port") + "/" + Json.text(port, "protocol"))) {
                findings.add(Cause.duplicate(
                        path,
                        "{\"Name\":\"\",\"Protocol\":\"" + Json.text(port, "protocol")
                                + "\",\"AppProtocol\":null,\"Port\":" + port.path("port")
                                + ",\"TargetPort\":0,\"NodePort\":0}"));
            }
        }
    }
}
