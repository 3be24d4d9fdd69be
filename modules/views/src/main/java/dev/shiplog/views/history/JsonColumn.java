package dev.shiplog.views.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Lists and maps of texts as they stand in columns. */
public final class JsonColumn {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, String>> MAP = new TypeReference<>() {};

    private JsonColumn() {}

    static String of(List<String> texts) {
        return JSON.writeValueAsString(texts);
    }

    static String of(Map<String, String> texts) {
        return JSON.writeValueAsString(texts);
    }

    public static List<String> list(String json) {
        return List.copyOf(JSON.readValue(json, LIST));
    }

    public static Map<String, String> map(String json) {
        return JSON.readValue(json, MAP);
    }
}
