package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of paths, as a tree. Its steps are written as in managedFields: {@code f:name} for a field, {@code k:{…}} for the
 * list item with these keys, {@code v:value} for a member of a set. Never changed once built.
 */
public record FieldSet(boolean member, NavigableMap<String, FieldSet> children) {
    public static final FieldSet EMPTY = new FieldSet(false, Collections.emptyNavigableMap());
    public static final FieldSet HERE = new FieldSet(true, Collections.emptyNavigableMap());

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    public @Nullable FieldSet child(String step) {
        return children.get(step);
    }

    public FieldSet union(FieldSet other) {
        if (other.isEmpty()) {
            return this;
        }
        NavigableMap<String, FieldSet> all = new TreeMap<>(children);
        other.children.forEach((step, child) -> all.merge(step, child, FieldSet::union));
        return new FieldSet(member || other.member, all);
    }

    public FieldSet minus(FieldSet other) {
        return combine(other, member && !other.member, (mine, theirs) -> theirs == null ? mine : mine.minus(theirs));
    }

    public FieldSet intersect(FieldSet other) {
        return combine(
                other, member && other.member, (mine, theirs) -> theirs == null ? EMPTY : mine.intersect(theirs));
    }

    /** Without the fields that the path leads to and what is below them. */
    public FieldSet without(String... path) {
        FieldSet child = children.get("f:" + path[0]);
        if (child == null) {
            return this;
        }
        NavigableMap<String, FieldSet> rest = new TreeMap<>(children);
        rest.remove("f:" + path[0]);
        if (path.length > 1) {
            String[] below = new String[path.length - 1];
            System.arraycopy(path, 1, below, 0, below.length);
            FieldSet left = child.without(below);
            if (!left.isEmpty()) {
                rest.put("f:" + path[0], left);
            }
        }
        return new FieldSet(member, rest);
    }

    private interface Combination {
        FieldSet of(FieldSet mine, @Nullable FieldSet theirs);
    }

    private FieldSet combine(FieldSet other, boolean here, Combination combination) {
        NavigableMap<String, FieldSet> left = new TreeMap<>();
        children.forEach((step, child) -> {
            FieldSet combined = combination.of(child, other.children.get(step));
            if (!combined.isEmpty()) {
                left.put(step, combined);
            }
        });
        return here || !left.isEmpty() ? new FieldSet(here, left) : EMPTY;
    }

    /** As {@code fieldsV1}. */
    public ObjectNode toJson() {
        ObjectNode node = Json.object();
        if (member && !children.isEmpty()) {
            node.set(".", Json.object());
        }
        children.forEach((step, child) -> node.set(step, child.toJson()));
        return node;
    }

    public static FieldSet ofJson(JsonNode fieldsV1) {
        NavigableMap<String, FieldSet> children = new TreeMap<>();
        boolean member = fieldsV1.isEmpty();
        for (var entry : fieldsV1.properties()) {
            if (entry.getKey().equals(".")) {
                member = true;
            } else {
                children.put(entry.getKey(), ofJson(entry.getValue()));
            }
        }
        return new FieldSet(member, children);
    }

    /** Every member as a path, as messages write it: {@code .spec.containers[name="hello"].image}. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        if (member) {
            paths.add(prefix);
        }
        children.forEach((step, child) -> child.collect(prefix + written(step), paths));
    }

    private static String written(String step) {
        String rest = step.substring(2);
        return switch (step.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            case 'k' -> {
                StringBuilder keys = new StringBuilder("[");
                Json.parse(rest)
                        .forEachEntry((name, value) -> keys.append(keys.length() > 1 ? "," : "")
                                .append(name)
                                .append('=')
                                .append(value));
                yield keys.append(']').toString();
            }
            default -> "[" + rest + "]";
        };
    }
}
