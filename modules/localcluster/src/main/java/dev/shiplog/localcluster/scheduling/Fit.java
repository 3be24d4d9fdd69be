package dev.shiplog.localcluster.scheduling;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Taints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Why a pod may not run on a node, in the words of the Kubernetes scheduler. */
final class Fit {
    /** As if a cordoned node had this taint. */
    private static final JsonNode UNSCHEDULABLE =
            Json.object().put("key", "node.kubernetes.io/unschedulable").put("effect", "NoSchedule");

    private Fit() {}

    /** Empty if it may. */
    static List<String> reasonsAgainst(ObjectNode pod, ObjectNode node, Requests left) {
        if (Json.flag(node, "spec", "unschedulable") && !Taints.isTolerated(pod, UNSCHEDULABLE)) {
            return List.of("node(s) were unschedulable");
        }
        for (JsonNode taint : Json.at(node, "spec", "taints")) {
            if (!Json.text(taint, "effect").equals("PreferNoSchedule") && !Taints.isTolerated(pod, taint)) {
                return List.of("node(s) had untolerated taint(s)");
            }
        }
        JsonNode labels = Json.at(node, "metadata", "labels");
        boolean selected = Json.at(pod, "spec", "nodeSelector")
                .propertyStream()
                .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
        if (!selected || !isMeantFor(pod, node)) {
            return List.of("node(s) didn't match Pod's node affinity/selector");
        }
        Requests wanted = Requests.ofPod(pod);
        List<String> reasons = new ArrayList<>();
        if (left.pods() < 1) {
            reasons.add("Too many pods");
        }
        if (wanted.cpuMillis() > 0 && left.cpuMillis() < wanted.cpuMillis()) {
            reasons.add("Insufficient cpu");
        }
        if (wanted.memoryBytes() > 0 && left.memoryBytes() < wanted.memoryBytes()) {
            reasons.add("Insufficient memory");
        }
        return reasons;
    }

    /** Of node affinity only what names the node is looked at. */
    private static boolean isMeantFor(ObjectNode pod, ObjectNode node) {
        JsonNode terms = Json.at(
                pod,
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms");
        JsonNode name = Json.at(node, "metadata", "name");
        return terms.isEmpty()
                || terms.valueStream()
                        .anyMatch(term -> term.path("matchFields")
                                .valueStream()
                                .allMatch(field ->
                                        field.path("values").valueStream().anyMatch(name::equals)));
    }

    /** {@code 0/3 nodes are available: 3 Insufficient cpu. ...} */
    static String message(List<List<String>> againstEachNode) {
        int nodes = againstEachNode.size();
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        Map<String, Integer> counts = new TreeMap<>();
        againstEachNode.forEach(reasons -> reasons.forEach(reason -> counts.merge(reason, 1, Integer::sum)));
        String why = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        long full = againstEachNode.stream()
                .filter(reasons -> reasons.stream()
                        .anyMatch(reason -> reason.startsWith("Insufficient") || reason.startsWith("Too many")))
                .count();
        String preemption = full == 0
                ? nodes + " Preemption is not helpful for scheduling"
                : (nodes > full ? (nodes - full) + " Preemption is not helpful for scheduling, " : "") + full
                        + " No preemption victims found for incoming pod";
        return "0/" + nodes + " nodes are available: " + why + ". preemption: 0/" + nodes + " nodes are available: "
                + preemption + ".";
    }
}
