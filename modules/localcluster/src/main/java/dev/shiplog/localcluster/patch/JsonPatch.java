package dev.shiplog.localcluster.patch;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902. */
public final class JsonPatch {
    private static final int MOST_OPERATIONS = 10_000;

    private JsonPatch() {}

    /** @throws PatchException if an operation does not fit, or a test fails */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isArray() || patch.size() > MOST_OPERATIONS) {
            throw new PatchException("not a list of operations");
        }
        JsonNode[] root = {target.deepCopy()};
        for (JsonNode operation : patch) {
            List<String> path = path(operation.path("path"));
            switch (Json.text(operation, "op")) {
                case "add" -> add(root, path, value(operation));
                case "remove" -> remove(root, path);
                case "replace" -> {
                    if (!path.isEmpty()) {
                        remove(root, path);
                    }
                    add(root, path, value(operation));
                }
                case "move" -> {
                    List<String> from = path(operation.path("from"));
                    JsonNode moved = find(root[0], from);
                    remove(root, from);
                    add(root, path, moved);
                }
                case "copy" ->
                    add(root, path, find(root[0], path(operation.path("from"))).deepCopy());
                case "test" -> {
                    if (!Json.same(find(root[0], path), value(operation))) {
                        throw new PatchException("testing value " + operation.path("path") + " failed");
                    }
                }
                default -> throw new PatchException("Unexpected kind: " + Json.text(operation, "op"));
            }
        }
        return root[0];
    }

    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        if (value == null) {
            throw new PatchException("an operation lacks its value");
        }
        return value;
    }

    private static List<String> path(JsonNode pointer) {
        String text = pointer.asString("");
        if (!pointer.isString() || (!text.isEmpty() && !text.startsWith("/"))) {
            throw new PatchException("bad path " + pointer);
        }
        List<String> steps = new ArrayList<>();
        int from = 1;
        while (from <= text.length() && !text.isEmpty()) {
            int slash = text.indexOf('/', from);
            int end = slash < 0 ? text.length() : slash;
            steps.add(text.substring(from, end).replace("~1", "/").replace("~0", "~"));
            from = end + 1;
        }
        return steps;
    }

    private static JsonNode find(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String step : path) {
            JsonNode next = node instanceof ArrayNode array ? array.get(index(step, array.size() - 1)) : node.get(step);
            if (next == null) {
                throw new PatchException("missing path: " + step);
            }
            node = next;
        }
        return node;
    }

    private static void add(JsonNode[] root, List<String> path, JsonNode value) {
        if (path.isEmpty()) {
            root[0] = value;
            return;
        }
        String last = path.get(path.size() - 1);
        switch (find(root[0], path.subList(0, path.size() - 1))) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array -> {
                int index = last.equals("-") ? array.size() : index(last, array.size());
                array.insert(index, value);
            }
            default -> throw new PatchException("missing path: " + last);
        }
    }

    private static void remove(JsonNode[] root, List<String> path) {
        if (path.isEmpty()) {
            throw new PatchException("the whole cannot be removed");
        }
        String last = path.get(path.size() - 1);
        find(root[0], path);
        switch (find(root[0], path.subList(0, path.size() - 1))) {
            case ObjectNode object -> object.remove(last);
            case ArrayNode array -> array.remove(index(last, array.size() - 1));
            default -> throw new PatchException("missing path: " + last);
        }
    }

    private static int index(String step, int most) {
        try {
            int index = Integer.parseInt(step);
            if (index >= 0 && index <= most) {
                return index;
            }
        } catch (NumberFormatException e) {
            throw new PatchException("bad index: " + step);
        }
        throw new PatchException("index out of range: " + step);
    }
}
