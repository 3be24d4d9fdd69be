package dev.shiplog.localcluster.table;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** How cells say several things, or nothing. */
final class Texts {
    private static final int MOST = 3;

    private Texts() {}

    static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }

    static String labels(JsonNode labels) {
        return orNone(labels.propertyStream()
                .map(label -> label.getKey() + "=" + label.getValue().asString())
                .collect(Collectors.joining(",")));
    }

    static String all(JsonNode items, Function<JsonNode, String> each) {
        return items.valueStream().map(each).collect(Collectors.joining(","));
    }

    /** The first three, and how many more there are. */
    static String few(List<String> texts) {
        String first = String.join(",", texts.subList(0, Math.min(MOST, texts.size())));
        return texts.size() > MOST ? first + " + " + (texts.size() - MOST) + " more..." : first;
    }
}
