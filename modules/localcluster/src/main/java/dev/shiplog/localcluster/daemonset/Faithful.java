package dev.shiplog.localcluster.daemonset;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods of a DaemonSet are meant for one node, and stay there whatever becomes of it. */
final class Faithful {
    private static final Map<String, List<String>> BORNE = Map.of(
            "NoExecute", List.of("not-ready", "unreachable"),
            "NoSchedule", List.of("disk-pressure", "memory-pressure", "pid-pressure", "unschedulable"));

    private Faithful() {}

    static ObjectNode to(String node, ObjectNode pod) {
        List<JsonNode> tolerations = new ArrayList<>();
        Json.at(pod, "spec", "tolerations").forEach(tolerations::add);
        for (String effect : List.of("NoExecute", "NoSchedule")) {
            for (String trouble : BORNE.getOrDefault(effect, List.of())) {
                tolerations.add(Json.object()
                        .put("key", "node.kubernetes.io/" + trouble)
                        .put("operator", "Exists")
                        .put("effect", effect));
            }
        }
        return Json.with(NodeAffinity.boundTo(pod, node), Json.array(tolerations), "spec", "tolerations");
    }
}
