package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pod templates: which are the same, and the hash by which their ReplicaSets and pods are told apart. */
public final class Template {
    public static final String HASH_LABEL = "pod-template-hash";

    /** Without vowels and what looks like them, so that no name is ever a word. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private Template() {}

    public static boolean same(JsonNode a, JsonNode b) {
        return Json.same(withoutHash(a), withoutHash(b));
    }

    private static JsonNode withoutHash(JsonNode template) {
        return template instanceof ObjectNode object
                ? Json.without(object, "metadata", "labels", HASH_LABEL)
                : template;
    }

    /** The same for the same template, in whatever order it is written; up to ten letters and digits. */
    public static String hash(JsonNode template, int collisions) {
        StringBuilder canonical = new StringBuilder();
        canonical(template, canonical);
        if (collisions > 0) {
            canonical.append(collisions);
        }
        int hash = 0x811c9dc5;
        for (byte octet : canonical.toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        StringBuilder result = new StringBuilder();
        Long.toString(Integer.toUnsignedLong(hash))
                .chars()
                .forEach(digit -> result.append(ALPHABET.charAt(digit % ALPHABET.length())));
        return result.toString();
    }

    private static void canonical(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            out.append('{');
            node.propertyStream()
                    .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                    .forEach(entry -> {
                        out.append(entry.getKey()).append(':');
                        canonical(entry.getValue(), out);
                        out.append(',');
                    });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            node.valueStream().forEach(item -> {
                canonical(item, out);
                out.append(',');
            });
            out.append(']');
        } else {
            out.append(node);
        }
    }
}
