package dev.shiplog.localcluster.json;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON trees as values. A tree that has been stored or handed out is shared and must never be changed; {@link #with}
 * and {@link #without} return a changed tree that shares everything off the path with the old one.
 */
public final class Json {
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    public static ObjectNode object() {
        return NODES.objectNode();
    }

    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    public static ArrayNode array(List<? extends JsonNode> items) {
        return NODES.arrayNode().addAll(List.copyOf(items));
    }

    public static JsonNode text(String value) {
        return NODES.stringNode(value);
    }

    public static JsonNode number(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    public static JsonNode bool(boolean value) {
        return NODES.booleanNode(value);
    }

    public static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    public static byte[] bytes(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** The text at the path, or the empty string. */
    public static String text(JsonNode node, String... path) {
        return at(node, path).asString("");
    }

    /** The number at the path, or the default. */
    public static long number(JsonNode node, long otherwise, String... path) {
        JsonNode found = at(node, path);
        return found.isNumber() ? found.longValue() : otherwise;
    }

    public static boolean flag(JsonNode node, String... path) {
        JsonNode found = at(node, path);
        return found.isBoolean() && found.booleanValue();
    }

    /** The node at the path, or a missing node; never null. */
    public static JsonNode at(JsonNode node, String... path) {
        JsonNode current = node;
        for (String name : path) {
            current = current.path(name);
        }
        return current;
    }

    /** A copy in which the path leads to the value; objects on the way are copied, or made where they are missing. */
    public static ObjectNode with(ObjectNode node, JsonNode value, String... path) {
        ObjectNode copy = copy(node);
        if (path.length == 1) {
            copy.set(path[0], value);
            return copy;
        }
        ObjectNode child = node.path(path[0]) instanceof ObjectNode found ? found : object();
        copy.set(path[0], with(child, value, Arrays.copyOfRange(path, 1, path.length)));
        return copy;
    }

    /** A copy without what the path leads to, or the node itself if there is nothing. */
    public static ObjectNode without(ObjectNode node, String... path) {
        if (at(node, path).isMissingNode()) {
            return node;
        }
        ObjectNode copy = copy(node);
        if (path.length == 1) {
            copy.remove(path[0]);
            return copy;
        }
        copy.set(path[0], without((ObjectNode) node.path(path[0]), Arrays.copyOfRange(path, 1, path.length)));
        return copy;
    }

    /** A copy of the first level only: its properties may be set, but what they hold is shared. */
    public static ObjectNode copy(ObjectNode node) {
        return object().setAll(node);
    }

    /** Equality of meaning: the order of properties and the width of numbers do not count. */
    @SuppressWarnings("ReferenceEquality") // shared subtrees are what makes the comparison cheap
    public static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof ObjectNode x && b instanceof ObjectNode y) {
            return x.size() == y.size()
                    && x.propertyStream().allMatch(entry -> same(entry.getValue(), y.get(entry.getKey())));
        }
        if (a instanceof ArrayNode x && b instanceof ArrayNode y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!same(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a.isNumber() && b.isNumber()) {
            boolean whole = a.isIntegralNumber() && b.isIntegralNumber();
            return (whole && a.canConvertToLong() && b.canConvertToLong())
                    ? a.longValue() == b.longValue()
                    : a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        return a.equals(b);
    }
}
