package dev.shiplog.localcluster.table;

import dev.shiplog.localcluster.json.Json;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One column of a table.
 *
 * @param wide only shown with {@code -o wide}
 */
record Column(String name, String type, boolean wide, BiFunction<ObjectNode, Instant, JsonNode> cell) {
    static final Column NAME = text("Name", object -> Json.text(object, "metadata", "name"));
    static final Column AGE =
            timed("Age", (object, now) -> Ages.since(Json.text(object, "metadata", "creationTimestamp"), now));

    static Column text(String name, Function<ObjectNode, String> cell) {
        return timed(name, (object, now) -> cell.apply(object));
    }

    static Column timed(String name, BiFunction<ObjectNode, Instant, String> cell) {
        return new Column(name, "string", false, (object, now) -> Json.text(cell.apply(object, now)));
    }

    static Column number(String name, String... path) {
        return count(name, object -> (int) Json.number(object, 0, path));
    }

    static Column count(String name, Function<ObjectNode, Integer> cell) {
        return new Column(name, "integer", false, (object, now) -> Json.number(cell.apply(object)));
    }

    static Column wide(String name, Function<ObjectNode, String> cell) {
        return text(name, cell).onlyWide();
    }

    Column onlyWide() {
        return new Column(name, type, true, cell);
    }
}
