package dev.shiplog.localcluster.patch;

import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Trees as Go prints maps and lists: {@code map[spec:map[replicas:2]]}. */
public final class GoText {
    private GoText() {}

    public static String of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT ->
                node.propertyStream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> entry.getKey() + ":" + of(entry.getValue()))
                        .collect(Collectors.joining(" ", "map[", "]"));
            case ARRAY -> node.valueStream().map(GoText::of).collect(Collectors.joining(" ", "[", "]"));
            case NULL -> "<nil>";
            default -> node.asString();
        };
    }
}
