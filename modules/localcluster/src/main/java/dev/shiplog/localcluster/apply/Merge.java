package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Struct;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts an applied configuration over what is there, and takes away what was applied before and is no longer. */
final class Merge {
    private Merge() {}

    static JsonNode over(@Nullable JsonNode live, JsonNode config, Shape shape) {
        if (live == null || live.isNull() || config.isNull() || shape.isAtomic()) {
            return config;
        }
        return switch (shape) {
            case Struct struct -> objects(live, config, name -> struct.fields().get(name));
            case MapOf map -> objects(live, config, name -> map.value());
            case ListOf list -> lists(live, config, list);
            case Shape.Scalar scalar -> config;
            case Shape.Any any -> config;
        };
    }

    private static JsonNode objects(JsonNode live, JsonNode config, Function<String, @Nullable Shape> shapes) {
        ObjectNode merged = Json.object();
        live.forEachEntry(merged::set);
        config.forEachEntry((name, value) -> {
            Shape shape = shapes.apply(name);
            merged.set(name, shape == null ? value : over(live.get(name), value, shape));
        });
        return merged;
    }

    /** The order of the configuration wins; what only the live list has stays where it was between its neighbours. */
    private static JsonNode lists(JsonNode live, JsonNode config, ListOf list) {
        Map<String, JsonNode> left = Steps.items(list, live);
        Map<String, JsonNode> right = Steps.items(list, config);
        List<JsonNode> merged = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> rest = left.entrySet().iterator();
        Map.@Nullable Entry<String, JsonNode> next = rest.hasNext() ? rest.next() : null;
        for (Map.Entry<String, JsonNode> item : right.entrySet()) {
            while (next != null && !right.containsKey(next.getKey())) {
                merged.add(next.getValue());
                next = rest.hasNext() ? rest.next() : null;
            }
            merged.add(over(left.get(item.getKey()), item.getValue(), list.item()));
            if (next != null && right.containsKey(next.getKey())) {
                next = rest.hasNext() ? rest.next() : null;
            }
        }
        while (next != null) {
            if (!right.containsKey(next.getKey())) {
                merged.add(next.getValue());
            }
            next = rest.hasNext() ? rest.next() : null;
        }
        return Json.array(merged);
    }

    /** Removes every value that the last apply set and that nobody, the new apply included, still owns. */
    static JsonNode prune(JsonNode node, Shape shape, FieldSet last, FieldSet owned) {
        if (shape.isAtomic() || last.children().isEmpty()) {
            return node;
        }
        return switch (shape) {
            case Struct struct ->
                pruneObject(node, last, owned, name -> struct.fields().get(name));
            case MapOf map -> pruneObject(node, last, owned, name -> map.value());
            case ListOf list -> {
                List<JsonNode> kept = new ArrayList<>();
                Steps.items(list, node).forEach((step, item) -> {
                    FieldSet lastItem = last.child(step);
                    FieldSet ownedItem = owned.child(step);
                    if (lastItem == null) {
                        kept.add(item);
                    } else if (ownedItem != null) {
                        kept.add(prune(item, list.item(), lastItem, ownedItem));
                    }
                });
                yield Json.array(kept);
            }
            case Shape.Scalar scalar -> node;
            case Shape.Any any -> node;
        };
    }

    private static JsonNode pruneObject(
            JsonNode node, FieldSet last, FieldSet owned, Function<String, @Nullable Shape> shapes) {
        ObjectNode kept = Json.object();
        node.forEachEntry((name, value) -> {
            FieldSet lastField = last.child(Steps.field(name));
            FieldSet ownedField = owned.child(Steps.field(name));
            Shape shape = shapes.apply(name);
            if (lastField == null || shape == null) {
                kept.set(name, value);
            } else if (ownedField != null) {
                kept.set(name, prune(value, shape, lastField, ownedField));
            }
        });
        return kept;
    }
}
