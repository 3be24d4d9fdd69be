package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Scalar;
import dev.shiplog.localcluster.schema.Shape.Struct;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What somebody claims who applies a value: its leaves, its list items, and maps that are empty. */
final class Fields {
    private Fields() {}

    static FieldSet of(JsonNode value, Shape shape) {
        if (shape.isAtomic()) {
            return FieldSet.HERE;
        }
        NavigableMap<String, FieldSet> children = new TreeMap<>();
        switch (shape) {
            case Struct struct ->
                value.forEachEntry((name, child) ->
                        put(children, Steps.field(name), child, struct.fields().get(name)));
            case MapOf map -> value.forEachEntry((name, child) -> put(children, Steps.field(name), child, map.value()));
            case ListOf list ->
                value.forEach(item -> children.put(
                        Steps.item(list, item),
                        new FieldSet(true, of(item, list.item()).children())));
            case Scalar scalar -> {}
            case Any any -> {}
        }
        return new FieldSet(false, children);
    }

    private static void put(
            NavigableMap<String, FieldSet> children, String step, JsonNode child, @Nullable Shape shape) {
        boolean empty = child.isNull() || (child.isObject() && child.isEmpty());
        FieldSet fields = shape == null || empty ? FieldSet.HERE : of(child, shape);
        if (!fields.isEmpty()) {
            children.put(step, fields);
        }
    }
}
