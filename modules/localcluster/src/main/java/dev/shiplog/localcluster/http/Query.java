package dev.shiplog.localcluster.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The query of a request; the first value of each name counts. */
public record Query(Map<String, String> values) {
    static final Query NONE = new Query(Map.of());

    static Query of(Iterable<Map.Entry<String, String>> params) {
        Map<String, String> values = new LinkedHashMap<>();
        params.forEach(param -> values.putIfAbsent(param.getKey(), param.getValue()));
        return new Query(values);
    }

    /** The value, or the empty string. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** As Go reads a query's booleans: whatever is not plainly false. */
    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        String value = get(name);
        return !(value.equals("0") || value.equalsIgnoreCase("false"));
    }
}
