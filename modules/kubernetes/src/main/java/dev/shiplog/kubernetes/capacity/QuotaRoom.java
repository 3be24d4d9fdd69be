package dev.shiplog.kubernetes.capacity;

import dev.shiplog.domain.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ResourceQuota: what it allows, what is used, and whose pods count. */
record QuotaRoom(Json.Obj quota, Amounts hard, Amounts used) {

    static QuotaRoom of(Json.Obj quota) {
        var status = Amounts.of(quota.object("status").object("hard"));
        var hard = status.isEmpty() ? Amounts.of(quota.object("spec").object("hard")) : status;
        return new QuotaRoom(quota, hard, Amounts.of(quota.object("status").object("used")));
    }

    /**
     * What is short: each resource with the need and what is left.
     *
     * @param created objects that come new, by the names under which quotas count them
     */
    List<String> shortages(List<Growth> growths, Map<String, Integer> created) {
        var counted = growths.stream().filter(this::counts).toList();
        var need = counted.stream()
                .map(growth -> ofOne(growth.needs()).times(growth.pods()))
                .reduce(Amounts.NONE, Amounts::plus)
                .plus(scopes().isEmpty() ? counts(created) : Amounts.NONE);
        var shortages = new ArrayList<String>();
        hard.byName().forEach((resource, allowed) -> {
            var wanted = need.of(resource);
            var left = allowed.subtract(used.of(resource)).max(BigDecimal.ZERO);
            if (wanted.signum() > 0 && wanted.compareTo(left) > 0) {
                shortages.add("quota \"" + quota.object("metadata").text("name").orElse("") + "\": " + resource
                        + " needs " + Amounts.text(resource, wanted) + times(counted, resource) + ", "
                        + Amounts.text(resource, left) + " of " + Amounts.text(resource, allowed) + " are left");
            }
        });
        return shortages;
    }

    /** In the names that quotas use; a plain one means requests. */
    private static Amounts ofOne(PodNeeds needs) {
        var names = new TreeMap<String, BigDecimal>();
        names.put(Amounts.PODS, BigDecimal.ONE);
        names.put("count/pods", BigDecimal.ONE);
        needs.requests().byName().forEach((resource, amount) -> {
            names.put(resource, amount);
            names.put("requests." + resource, amount);
        });
        needs.limits().byName().forEach((resource, amount) -> names.put("limits." + resource, amount));
        return new Amounts(names);
    }

    private static Amounts counts(Map<String, Integer> created) {
        var counts = new TreeMap<String, BigDecimal>();
        created.forEach((name, count) -> counts.put(name, BigDecimal.valueOf(count)));
        return new Amounts(counts);
    }

    private static String times(List<Growth> counted, String resource) {
        boolean isCount = resource.equals(Amounts.PODS) || resource.startsWith("count/");
        return counted.size() == 1 && !isCount
                ? counted.getFirst()
                        .times(resource, ofOne(counted.getFirst().needs()).of(resource))
                : "";
    }

    private record Scope(String name, String operator, List<Json> values) {}

    private List<Scope> scopes() {
        var spec = quota.object("spec");
        var scopes = new ArrayList<Scope>();
        for (var name : spec.list("scopes")) {
            if (name instanceof Json.Str text) {
                scopes.add(new Scope(text.value(), "Exists", List.of()));
            }
        }
        for (var expression : PodNeeds.objects(spec.object("scopeSelector"), "matchExpressions")) {
            scopes.add(new Scope(
                    expression.text("scopeName").orElse(""),
                    expression.text("operator").orElse(""),
                    expression.list("values")));
        }
        return scopes;
    }

    private boolean counts(Growth growth) {
        return scopes().stream().allMatch(scope -> switch (scope.name()) {
            // Pods of a Deployment have no deadline, so that they do not end by themselves.
            case "NotTerminating" -> true;
            case "BestEffort" -> growth.needs().isBestEffort();
            case "NotBestEffort" -> !growth.needs().isBestEffort();
            case "PriorityClass" -> hasPriority(growth.podSpec().at("priorityClassName"), scope);
            default -> false;
        });
    }

    private static boolean hasPriority(Optional<Json> priority, Scope scope) {
        boolean isListed = priority.filter(scope.values()::contains).isPresent();
        return switch (scope.operator()) {
            case "In" -> isListed;
            case "NotIn" -> !isListed;
            case "Exists" -> priority.isPresent();
            case "DoesNotExist" -> priority.isEmpty();
            default -> false;
        };
    }
}
