package dev.shiplog.localcluster.patch;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.Items;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Struct;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merge patch that knows which lists are told apart by a key. Understands the directives {@code $patch}, {@code
 * $retainKeys}, {@code $deleteFromPrimitiveList/…} and {@code $setElementOrder/…}.
 */
public final class StrategicMergePatch {
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    private StrategicMergePatch() {}

    public static JsonNode apply(@Nullable JsonNode target, ObjectNode patch, Shape shape) {
        String directive = Json.text(patch, "$patch");
        if (directive.equals("replace")) {
            return Json.without(patch, "$patch");
        }
        if (directive.equals("delete")) {
            return Json.object();
        }
        ObjectNode result = target instanceof ObjectNode object ? Json.copy(object) : Json.object();
        JsonNode retained = patch.path("$retainKeys");
        if (retained.isArray()) {
            Set<String> keep = new LinkedHashSet<>();
            retained.forEach(name -> keep.add(name.asString()));
            result.retain(keep);
        }
        patch.forEachEntry((name, value) -> {
            if (name.startsWith(DELETE_FROM)) {
                String list = name.substring(DELETE_FROM.length());
                result.set(list, removed(result.path(list), value));
            } else if (!name.startsWith("$")) {
                change(result, name, value, field(shape, name), patch.path(ORDER + name));
            }
        });
        patch.forEachEntry((name, value) -> {
            if (name.startsWith(ORDER) && !patch.has(name.substring(ORDER.length()))) {
                String list = name.substring(ORDER.length());
                if (result.path(list) instanceof ArrayNode array && field(shape, list) instanceof ListOf of) {
                    result.set(list, ordered(array, value, mergeKey(of)));
                }
            }
        });
        return result;
    }

    private static @Nullable Shape field(Shape shape, String name) {
        return switch (shape) {
            case Struct struct -> struct.fields().get(name);
            case MapOf map -> map.value();
            case ListOf list -> null;
            case Shape.Scalar scalar -> null;
            case Any any -> any;
        };
    }

    private static void change(ObjectNode result, String name, JsonNode value, @Nullable Shape shape, JsonNode order) {
        if (value.isNull()) {
            result.remove(name);
        } else if (value instanceof ObjectNode object) {
            result.set(name, apply(result.get(name), object, shape == null ? new Any() : shape));
        } else if (value instanceof ArrayNode items && shape instanceof ListOf list && list.items() != Items.ATOMIC) {
            JsonNode merged = list.items() == Items.SET
                    ? union(result.path(name), items)
                    : merged(result.path(name), items, list);
            result.set(name, order.isArray() ? ordered((ArrayNode) merged, order, mergeKey(list)) : merged);
        } else {
            result.set(name, value);
        }
    }

    private static String mergeKey(ListOf list) {
        return list.keys().isEmpty() ? "" : list.keys().get(0).field();
    }

    private static ArrayNode merged(JsonNode target, ArrayNode patch, ListOf list) {
        String key = mergeKey(list);
        for (JsonNode item : patch) {
            if (Json.text(item, "$patch").equals("replace")) {
                ArrayNode replaced = Json.array();
                patch.forEach(each -> {
                    if (!each.has("$patch")) {
                        replaced.add(each);
                    }
                });
                return replaced;
            }
        }
        List<JsonNode> items = new ArrayList<>();
        target.forEach(items::add);
        for (JsonNode item : patch) {
            if (!(item instanceof ObjectNode change)) {
                throw new PatchException("a list of objects was patched with " + item);
            }
            if (!change.has(key)) {
                throw new PatchException("map: " + GoText.of(change) + " does not contain declared merge key: " + key);
            }
            int at = indexOf(items, key, change.path(key));
            if (Json.text(change, "$patch").equals("delete")) {
                if (at >= 0) {
                    items.remove(at);
                }
            } else if (at >= 0) {
                items.set(at, apply(items.get(at), change, list.item()));
            } else {
                items.add(apply(null, change, list.item()));
            }
        }
        return Json.array(items);
    }

    private static ArrayNode union(JsonNode target, ArrayNode patch) {
        Set<JsonNode> all = new LinkedHashSet<>();
        target.forEach(all::add);
        patch.forEach(all::add);
        return Json.array(List.copyOf(all));
    }

    private static ArrayNode removed(JsonNode target, JsonNode toRemove) {
        Set<JsonNode> gone = new LinkedHashSet<>();
        toRemove.forEach(gone::add);
        ArrayNode left = Json.array();
        target.forEach(item -> {
            if (!gone.contains(item)) {
                left.add(item);
            }
        });
        return left;
    }

    /** What the order names comes in that order; the rest stays behind it as it was. */
    private static ArrayNode ordered(ArrayNode list, JsonNode order, String key) {
        List<JsonNode> rest = new ArrayList<>();
        list.forEach(rest::add);
        ArrayNode result = Json.array();
        for (JsonNode wanted : order) {
            int at = key.isEmpty() ? rest.indexOf(wanted) : indexOf(rest, key, wanted.path(key));
            if (at >= 0) {
                result.add(rest.remove(at));
            }
        }
        rest.forEach(result::add);
        return result;
    }

    private static int indexOf(List<JsonNode> items, String key, JsonNode value) {
        for (int i = 0; i < items.size(); i++) {
            if (Json.same(items.get(i).path(key), value)) {
                return i;
            }
        }
        return -1;
    }
}
