package dev.shiplog.views.history;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists and maps of texts as they stand in columns. The same few stand in very many rows (a cluster's labels in each of
 * its placements), so what was read is kept for the next row: as many short texts as {@link #KEPT_MAX} of each sort, after
 * which it begins anew.
 */
public final class JsonColumn {

    static final int KEPT_MAX = 10_000;
    static final int KEPT_LENGTH_MAX = 2_000;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, String>> MAP = new TypeReference<>() {};

    private static final Map<String, List<String>> LISTS = new ConcurrentHashMap<>();
    private static final Map<String, Map<String, String>> MAPS = new ConcurrentHashMap<>();
    private static final Map<String, Placement.Front> FRONTS = new ConcurrentHashMap<>();

    private JsonColumn() {}

    static String of(List<String> texts) {
        return JSON.writeValueAsString(texts);
    }

    static String of(Map<String, String> texts) {
        return JSON.writeValueAsString(texts);
    }

    static String of(Placement.Front front) {
        return JSON.writeValueAsString(front);
    }

    static Placement.Front front(String json) {
        return kept(FRONTS, json, text -> JSON.readValue(text, Placement.Front.class));
    }

    public static List<String> list(String json) {
        return kept(LISTS, json, text -> List.copyOf(JSON.readValue(text, LIST)));
    }

    public static Map<String, String> map(String json) {
        return kept(MAPS, json, text -> Collections.unmodifiableMap(JSON.readValue(text, MAP)));
    }

    static <T> T kept(Map<String, T> kept, String json, Function<String, T> read) {
        if (json.length() > KEPT_LENGTH_MAX) {
            return read.apply(json);
        }
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        return kept.computeIfAbsent(json, read);
    }
}
