package dev.shiplog.localcluster.defaults;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets what is missing; what is there stays. */
final class Fill {
    private Fill() {}

    static void text(ObjectNode node, String name, String value) {
        if (!node.has(name)) {
            node.put(name, value);
        }
    }

    static void number(ObjectNode node, String name, int value) {
        if (!node.has(name)) {
            node.put(name, value);
        }
    }

    static void flag(ObjectNode node, String name, boolean value) {
        if (!node.has(name)) {
            node.put(name, value);
        }
    }

    /** The object under this name, made if it is missing. */
    static ObjectNode object(ObjectNode node, String name) {
        return node.path(name) instanceof ObjectNode found ? found : node.putObject(name);
    }

    static void inside(ObjectNode node, String name, Consumer<ObjectNode> fill) {
        if (node.path(name) instanceof ObjectNode found) {
            fill.accept(found);
        }
    }

    static void each(JsonNode list, Consumer<ObjectNode> fill) {
        for (JsonNode item : list) {
            if (item instanceof ObjectNode object) {
                fill.accept(object);
            }
        }
    }
}
