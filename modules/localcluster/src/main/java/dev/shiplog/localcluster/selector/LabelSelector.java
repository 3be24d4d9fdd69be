package dev.shiplog.localcluster.selector;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All requirements must hold; a selector without any matches everything. */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    /** How a label is compared. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        NOT_EXISTS
    }

    /** One comparison; the values are ordered, so that a selector is always written the same way. */
    public record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(JsonNode labels) {
            JsonNode label = labels.path(key);
            return switch (operator) {
                case IN -> label.isString() && values.contains(label.stringValue());
                case NOT_IN -> !label.isString() || !values.contains(label.stringValue());
                case EXISTS -> label.isString();
                case NOT_EXISTS -> !label.isString();
            };
        }

        @Override
        public String toString() {
            return switch (operator) {
                case IN ->
                    values.size() == 1
                            ? key + "=" + values.iterator().next()
                            : key + " in (" + String.join(",", values) + ")";
                case NOT_IN ->
                    values.size() == 1
                            ? key + "!=" + values.iterator().next()
                            : key + " notin (" + String.join(",", values) + ")";
                case EXISTS -> key;
                case NOT_EXISTS -> "!" + key;
            };
        }
    }

    /** From {@code spec.selector} of a Deployment and its like: matchLabels and matchExpressions. */
    public static LabelSelector ofObject(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        selector.path("matchLabels")
                .propertyStream()
                .forEach(label -> requirements.add(new Requirement(
                        label.getKey(), Operator.IN, Set.of(label.getValue().asString()))));
        for (JsonNode expression : selector.path("matchExpressions")) {
            Set<String> values = new TreeSet<>();
            expression.path("values").forEach(value -> values.add(value.asString()));
            Operator operator = switch (Json.text(expression, "operator")) {
                case "In" -> Operator.IN;
                case "NotIn" -> Operator.NOT_IN;
                case "Exists" -> Operator.EXISTS;
                case "DoesNotExist" -> Operator.NOT_EXISTS;
                default ->
                    throw new IllegalArgumentException(
                            "\"" + Json.text(expression, "operator") + "\" is not a valid label selector operator");
            };
            requirements.add(new Requirement(Json.text(expression, "key"), operator, values));
        }
        return new LabelSelector(List.copyOf(requirements));
    }

    /** From {@code spec.selector} of a Service: a map of labels. */
    public static LabelSelector ofMap(JsonNode labels) {
        return new LabelSelector(labels.propertyStream()
                .map(label -> new Requirement(
                        label.getKey(), Operator.IN, Set.of(label.getValue().asString())))
                .toList());
    }

    public boolean matches(ObjectNode object) {
        return matchesLabels(Json.at(object, "metadata", "labels"));
    }

    public boolean matchesLabels(JsonNode labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** As {@code status.selector} of a Scale writes it. */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).sorted().collect(Collectors.joining(","));
    }
}
