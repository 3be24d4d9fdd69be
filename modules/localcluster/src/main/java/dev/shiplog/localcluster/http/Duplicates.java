package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Finds fields that are written twice, which a tree no longer shows: the last one wins there. */
final class Duplicates {
    private Duplicates() {}

    private static final class Level {
        private final String path;
        private final Set<String> names = new HashSet<>();
        private String field = "";
        private int index = -1;

        Level(String path) {
            this.path = path;
        }

        String child() {
            String name = index >= 0 ? "[" + index + "]" : path.isEmpty() ? field : "." + field;
            return path + name;
        }
    }

    /** Their paths, as {@code spec.replicas}. */
    static List<String> in(byte[] json) {
        List<String> found = new ArrayList<>();
        Deque<Level> levels = new ArrayDeque<>();
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                Level level = levels.peek();
                if (token == JsonToken.PROPERTY_NAME && level != null) {
                    level.field = parser.currentName();
                    if (!level.names.add(level.field)) {
                        found.add(level.child());
                    }
                    continue;
                }
                if (level != null && level.index >= -1 && !token.isStructEnd() && level.names.isEmpty()) {
                    level.index++;
                }
                if (token.isStructStart()) {
                    levels.push(new Level(level == null ? "" : level.child()));
                } else if (token.isStructEnd()) {
                    levels.pop();
                }
            }
        }
        return found;
    }
}
