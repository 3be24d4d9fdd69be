package dev.shiplog.cli.command;

import dev.shiplog.cli.api.ShiplogApi;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Some clusters: those that are named (all, if none is) and have the labels. */
public record Selection(List<String> names, List<Requirement> requirements) {

    static final Selection ALL = new Selection(List.of(), List.of());

    enum Operator {
        In,
        NotIn,
        Exists,
        DoesNotExist
    }

    record Requirement(String key, Operator operator, List<String> values) {
        boolean matches(Map<String, String> labels) {
            var value = labels.get(key);
            return switch (operator) {
                case In -> value != null && values.contains(value);
                case NotIn -> value == null || !values.contains(value);
                case Exists -> value != null;
                case DoesNotExist -> value == null;
            };
        }
    }

    boolean isAll() {
        return names.isEmpty() && requirements.isEmpty();
    }

    boolean selects(String name, Map<String, String> labels) {
        return (names.isEmpty() || names.contains(name))
                && requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    /** As a {@code ClusterSelection} of a command. */
    ObjectNode json() {
        var json = ShiplogApi.JSON.createObjectNode();
        if (!names.isEmpty()) {
            names.forEach(json.putArray("names")::add);
        }
        addRequirements(json);
        return json;
    }

    /** Narrows a {@code ClusterSelection} that a release file gave. */
    void addRequirements(ObjectNode json) {
        for (var requirement : requirements) {
            var entry = json.withArray("matchExpressions").addObject();
            entry.put("key", requirement.key());
            entry.put("operator", requirement.operator().name());
            if (!requirement.values().isEmpty()) {
                requirement.values().forEach(entry.putArray("values")::add);
            }
        }
    }
}
