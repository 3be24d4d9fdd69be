package dev.shiplog.kubernetes.capacity;

import dev.shiplog.domain.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * A node, and what is free on it: allocatable minus what its pods ask for, the number of pods among it.
 *
 * <p>Affinity, spreading, volumes and host ports are not looked at: the scheduler may find less room than this, not more.
 */
record NodeRoom(Json.Obj node, Amounts free) {

    static NodeRoom of(Json.Obj node, Amounts used) {
        return new NodeRoom(
                node, Amounts.of(node.object("status").object("allocatable")).minus(used));
    }

    /** Why such pods may not run here at all; empty if they may. */
    Optional<String> against(Json.Obj podSpec) {
        var spec = node.object("spec");
        if (spec.at("unschedulable").equals(Optional.of(Json.bool(true)))) {
            return Optional.of("cordoned");
        }
        boolean repels = PodNeeds.objects(spec, "taints").stream()
                .filter(taint ->
                        taint.text("effect").filter("PreferNoSchedule"::equals).isEmpty())
                .anyMatch(taint -> PodNeeds.objects(podSpec, "tolerations").stream()
                        .noneMatch(toleration -> tolerates(toleration, taint)));
        if (repels) {
            return Optional.of("tainted");
        }
        var labels = node.object("metadata").object("labels").members();
        boolean selected = podSpec.object("nodeSelector").members().entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
        return selected ? Optional.empty() : Optional.of("not selected");
    }

    private static boolean tolerates(Json.Obj toleration, Json.Obj taint) {
        var key = toleration.text("key").orElse("");
        var effect = toleration.text("effect").orElse("");
        boolean exists = toleration.text("operator").filter("Exists"::equals).isPresent();
        return (effect.isEmpty() || effect.equals(taint.text("effect").orElse("")))
                && (key.isEmpty() ? exists : key.equals(taint.text("key").orElse("")))
                && (exists
                        || toleration
                                .text("value")
                                .orElse("")
                                .equals(taint.text("value").orElse("")));
    }

    /** How many such pods fit as wholes, up to so many. */
    int fitting(Amounts each, int most) {
        var count = BigDecimal.valueOf(most);
        for (var need : each.byName().entrySet()) {
            if (need.getValue().signum() > 0) {
                var room = free.of(need.getKey()).max(BigDecimal.ZERO);
                count = count.min(room.divide(need.getValue(), 0, RoundingMode.DOWN));
            }
        }
        return count.intValue();
    }

    NodeRoom without(Amounts taken) {
        return new NodeRoom(node, free.minus(taken));
    }

    /** Of several nodes, what is free of a resource in all. */
    static BigDecimal free(List<NodeRoom> nodes, String resource) {
        return nodes.stream()
                .map(room -> room.free().of(resource).max(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
