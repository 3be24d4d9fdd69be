package dev.shiplog.localcluster.apply;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Shape.Items;
import dev.shiplog.localcluster.schema.Shape.ListKey;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How the children of a value are named in a {@link FieldSet}. */
final class Steps {
    private Steps() {}

    static String field(String name) {
        return "f:" + name;
    }

    static String item(ListOf list, JsonNode item) {
        if (list.items() == Items.SET) {
            return "v:" + item;
        }
        ObjectNode keys = Json.object();
        list.keys().stream().sorted(Comparator.comparing(ListKey::field)).forEach(key -> {
            JsonNode value = item.path(key.field());
            String otherwise = key.otherwise();
            if (!value.isMissingNode()) {
                keys.set(key.field(), value);
            } else if (otherwise != null) {
                keys.put(key.field(), otherwise);
            }
        });
        return "k:" + keys;
    }

    /** The items by their steps, in order; nothing for null. */
    static Map<String, JsonNode> items(ListOf list, @Nullable JsonNode node) {
        Map<String, JsonNode> items = new LinkedHashMap<>();
        if (node != null) {
            node.forEach(item -> items.putIfAbsent(item(list, item), item));
        }
        return items;
    }
}
