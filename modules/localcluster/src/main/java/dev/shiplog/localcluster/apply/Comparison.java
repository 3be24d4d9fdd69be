package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Scalar;
import dev.shiplog.localcluster.schema.Shape.Struct;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What differs between two states of an object, field by field. */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
    private static final Comparison NOTHING = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);
    private static final Comparison ADDED = new Comparison(FieldSet.HERE, FieldSet.EMPTY, FieldSet.EMPTY);
    private static final Comparison MODIFIED = new Comparison(FieldSet.EMPTY, FieldSet.HERE, FieldSet.EMPTY);
    private static final Comparison REMOVED = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.HERE);

    FieldSet written() {
        return added.union(modified);
    }

    boolean isEmpty() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    Comparison map(java.util.function.UnaryOperator<FieldSet> change) {
        return new Comparison(change.apply(added), change.apply(modified), change.apply(removed));
    }

    @SuppressWarnings("ReferenceEquality") // shared subtrees are equal, and most of an object is shared
    static Comparison of(@Nullable JsonNode before, @Nullable JsonNode after, Shape shape) {
        if (before == after) {
            return NOTHING;
        }
        if (shape.isAtomic() || (blank(before) && blank(after))) {
            return leaf(before, after);
        }
        Collector collector = new Collector();
        switch (shape) {
            case Struct struct -> {
                for (String name : names(before, after)) {
                    Shape field = struct.fields().get(name);
                    if (field == null) {
                        continue;
                    }
                    boolean present = struct.alwaysPresent().contains(name);
                    collector.add(
                            Steps.field(name),
                            of(child(before, name, field, present), child(after, name, field, present), field));
                }
            }
            case MapOf map -> {
                for (String name : names(before, after)) {
                    collector.add(Steps.field(name), of(get(before, name), get(after, name), map.value()));
                }
            }
            case ListOf list -> {
                Map<String, JsonNode> left = Steps.items(list, before);
                Map<String, JsonNode> right = Steps.items(list, after);
                Set<String> steps = new LinkedHashSet<>(left.keySet());
                steps.addAll(right.keySet());
                for (String step : steps) {
                    collector.add(step, of(left.get(step), right.get(step), list.item()));
                }
            }
            case Scalar scalar -> {}
            case Any any -> {}
        }
        return collector.comparison(before == null, after == null);
    }

    private static Comparison leaf(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            return ADDED;
        }
        if (after == null) {
            return REMOVED;
        }
        return Json.same(before, after) ? NOTHING : MODIFIED;
    }

    private static boolean blank(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isEmpty();
    }

    private static Set<String> names(@Nullable JsonNode before, @Nullable JsonNode after) {
        Set<String> names = new LinkedHashSet<>();
        if (before != null) {
            names.addAll(before.propertyNames());
        }
        if (after != null) {
            names.addAll(after.propertyNames());
        }
        return names;
    }

    private static @Nullable JsonNode get(@Nullable JsonNode node, String name) {
        return node == null ? null : node.get(name);
    }

    private static @Nullable JsonNode child(@Nullable JsonNode node, String name, Shape shape, boolean present) {
        JsonNode child = get(node, name);
        if (child != null || node == null || !present) {
            return child;
        }
        return shape instanceof ListOf ? Json.array() : Json.object();
    }

    private static final class Collector {
        private NavigableMap<String, FieldSet> added = Collections.emptyNavigableMap();
        private NavigableMap<String, FieldSet> modified = Collections.emptyNavigableMap();
        private NavigableMap<String, FieldSet> removed = Collections.emptyNavigableMap();

        void add(String step, Comparison child) {
            added = with(added, step, child.added);
            modified = with(modified, step, child.modified);
            removed = with(removed, step, child.removed);
        }

        Comparison comparison(boolean allAdded, boolean allRemoved) {
            if (!allAdded && !allRemoved && added.isEmpty() && modified.isEmpty() && removed.isEmpty()) {
                return NOTHING;
            }
            return new Comparison(
                    new FieldSet(allAdded, added), new FieldSet(false, modified), new FieldSet(allRemoved, removed));
        }

        /** Most of an object has not changed: a map is made only for what has. */
        private static NavigableMap<String, FieldSet> with(
                NavigableMap<String, FieldSet> known, String step, FieldSet fields) {
            if (fields.isEmpty()) {
                return known;
            }
            NavigableMap<String, FieldSet> into = known.isEmpty() ? new TreeMap<>() : known;
            into.put(step, fields);
            return into;
        }
    }
}
