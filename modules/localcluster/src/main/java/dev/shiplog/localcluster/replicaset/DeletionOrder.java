package dev.shiplog.localcluster.replicaset;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which pods go first when there are too many: those that are of least use. Not bound before bound, pending before
 * running, not ready before ready, cheap before dear (an annotation says so), from the most crowded node, ready for a short
 * time before ready for long, often restarted before never, young before old.
 */
final class DeletionOrder {
    private static final List<String> PHASES = List.of("Pending", "Unknown", "Running");
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private DeletionOrder() {}

    /** @param related all active pods with the same purpose, by which the crowding of nodes is measured */
    static List<ObjectNode> first(int count, List<ObjectNode> pods, List<ObjectNode> related) {
        Map<String, Long> crowding =
                related.stream().collect(Collectors.groupingBy(Pods::nodeName, Collectors.counting()));
        Comparator<ObjectNode> order = Comparator.<ObjectNode, Boolean>comparing(Pods::isBound)
                .thenComparingInt(pod -> PHASES.indexOf(Pods.phase(pod)))
                .thenComparing(Pods::isReady)
                .thenComparingInt(DeletionOrder::cost)
                .thenComparingLong(pod -> -crowding.getOrDefault(Pods.nodeName(pod), 0L))
                .thenComparing(pod -> Pods.readySince(pod).orElse(Instant.MAX), Comparator.reverseOrder())
                .thenComparingLong(pod -> -restarts(pod))
                .thenComparing(pod -> Json.text(pod, "metadata", "creationTimestamp"), Comparator.reverseOrder());
        return pods.stream().sorted(order).limit(count).toList();
    }

    private static int cost(ObjectNode pod) {
        String cost = Json.text(pod, "metadata", "annotations", COST);
        return cost.matches("-?\\d{1,9}") ? Integer.parseInt(cost) : 0;
    }

    private static long restarts(ObjectNode pod) {
        return Json.at(pod, "status", "containerStatuses")
                .valueStream()
                .mapToLong(status -> Json.number(status, 0, "restartCount"))
                .max()
                .orElse(0);
    }
}
