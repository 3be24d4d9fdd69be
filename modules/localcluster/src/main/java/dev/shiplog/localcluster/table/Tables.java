package dev.shiplog.localcluster.table;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The answer to {@code Accept: application/json;as=Table;v=v1;g=meta.k8s.io}. */
public final class Tables {
    private Tables() {}

    public static boolean wanted(String accept) {
        int comma = accept.indexOf(',');
        String first = comma < 0 ? accept : accept.substring(0, comma);
        return first.contains("as=Table") && (first.contains("v=v1;") || first.endsWith("v=v1"));
    }

    /** @param include which part of each object comes along: None, Metadata (the default) or Object */
    public static ObjectNode of(
            Kind kind, Collection<ObjectNode> objects, ObjectNode meta, String include, Instant now) {
        List<Column> columns = Columns.of(kind);
        ObjectNode table = Json.object();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.set("metadata", meta);
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", "")
                    .put("priority", column.wide() ? 1 : 0);
        }
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            ObjectNode row = rows.addObject();
            ArrayNode cells = row.putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object, now)));
            if (include.equals("Object")) {
                row.set("object", object);
            } else if (!include.equals("None")) {
                row.putObject("object")
                        .put("kind", "PartialObjectMetadata")
                        .put("apiVersion", "meta.k8s.io/v1")
                        .set("metadata", object.path("metadata"));
            }
        }
        return table;
    }
}
