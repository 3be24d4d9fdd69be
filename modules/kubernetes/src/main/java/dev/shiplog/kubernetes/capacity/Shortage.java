package dev.shiplog.kubernetes.capacity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether pods fit, and in words what is missing. Pods are placed one after another on the first node that has room for
 * them as a whole, those that need most first; of one Deployment, whose pods are all alike, that finds a place for as
 * many as there is one for.
 */
final class Shortage {

    private Shortage() {}

    /**
     * @param created objects that come new, by the names under which quotas count them: {@code count/deployments.apps}
     * @return each resource that is short, with need and room; none if there is room for all
     */
    static List<String> of(
            List<Growth> growths, Map<String, Integer> created, List<NodeRoom> nodes, List<QuotaRoom> quotas) {
        var missing = new ArrayList<String>();
        var rooms = nodes;
        var hungriestFirst = growths.stream()
                .sorted(Comparator.comparing(
                                (Growth growth) -> growth.needs().requests().of("cpu"))
                        .thenComparing(growth -> growth.needs().requests().of("memory"))
                        .reversed())
                .toList();
        for (var growth : hungriestFirst) {
            var each = each(growth);
            var left = new ArrayList<NodeRoom>();
            int unplaced = growth.pods();
            for (var node : rooms) {
                int placed = node.against(growth.podSpec()).isPresent() ? 0 : node.fitting(each, unplaced);
                unplaced -= placed;
                left.add(placed == 0 ? node : node.without(each.times(placed)));
            }
            if (unplaced > 0) {
                missing.addAll(onNodes(growth, each, unplaced, rooms));
            }
            rooms = left;
        }
        quotas.forEach(quota -> missing.addAll(quota.shortages(growths, created)));
        return List.copyOf(missing);
    }

    private static Amounts each(Growth growth) {
        return growth.needs().requests().plus(Amounts.ONE_POD);
    }

    private static List<String> onNodes(Growth growth, Amounts each, int unplaced, List<NodeRoom> all) {
        var against = new TreeMap<String, Integer>();
        var nodes = new ArrayList<NodeRoom>();
        for (var node : all) {
            node.against(growth.podSpec())
                    .ifPresentOrElse(why -> against.merge(why, 1, Integer::sum), () -> nodes.add(node));
        }
        if (nodes.isEmpty()) {
            return List.of("no node takes them" + others(against));
        }
        var on = " on " + nodes.size() + (nodes.size() == 1 ? " node" : " nodes") + others(against);
        var missing = new ArrayList<String>();
        each.byName().forEach((resource, one) -> {
            var need = one.multiply(BigDecimal.valueOf(growth.pods()));
            var free = NodeRoom.free(nodes, resource);
            if (need.signum() > 0 && need.compareTo(free) > 0) {
                missing.add(
                        resource.equals(Amounts.PODS)
                                ? free.toBigInteger() + " more may run" + on
                                : resource + " needs " + Amounts.text(resource, need) + growth.times(resource, one)
                                        + ", " + Amounts.text(resource, free) + " are free" + on);
            }
        });
        return missing.isEmpty() ? List.of(fragmented(growth, each, unplaced, on)) : missing;
    }

    /** There is enough of everything in sum, but a pod is not spread over nodes. */
    private static String fragmented(Growth growth, Amounts each, int unplaced, String on) {
        var one = each.byName().entrySet().stream()
                .filter(need ->
                        !need.getKey().equals(Amounts.PODS) && need.getValue().signum() > 0)
                .map(need -> need.getKey() + " " + Amounts.text(need.getKey(), need.getValue()))
                .collect(Collectors.joining(", "));
        int placed = growth.pods() - unplaced;
        return "a pod needs " + one + " on one node, and " + (placed == 0 ? "none" : "only " + placed) + " of "
                + growth.pods() + (placed == 1 || placed == 0 ? " fits" : " fit") + on;
    }

    /** {@code  (2 others are cordoned, 1 is tainted)}. */
    private static String others(Map<String, Integer> against) {
        return Optional.of(against.entrySet().stream()
                        .map(why -> why.getValue() + " " + why.getKey())
                        .collect(Collectors.joining(", ")))
                .filter(words -> !words.isEmpty())
                .map(words -> " (besides " + words + ")")
                .orElse("");
    }
}
