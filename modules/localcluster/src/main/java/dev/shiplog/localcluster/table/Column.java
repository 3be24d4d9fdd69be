package dev.shiplog.localcluster.table;

import java.time.Instant;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One column of a table.
 *
 * @param wide only shown with {@code -o wide}
 */
record Column(String name, String type, boolean wide, BiFunction<ObjectNode, Instant, JsonNode> cell) {}
