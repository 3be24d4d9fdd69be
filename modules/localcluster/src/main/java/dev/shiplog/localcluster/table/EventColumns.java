package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.count;
import static dev.shiplog.localcluster.table.Column.text;
import static dev.shiplog.localcluster.table.Column.timed;
import static dev.shiplog.localcluster.table.Column.wide;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What was said about which object, by whom, how often and when. */
final class EventColumns {
    static final List<Column> EVENT = List.of(
            timed(
                    "Last Seen",
                    (object, now) -> Ages.since(first(object, "lastTimestamp", "eventTime", "firstTimestamp"), now)),
            text("Type", object -> Json.text(object, "type")),
            text("Reason", object -> Json.text(object, "reason")),
            text(
                    "Object",
                    object -> Json.text(object, "involvedObject", "kind").toLowerCase(Locale.ROOT) + "/"
                            + Json.text(object, "involvedObject", "name")),
            wide("Subobject", object -> Json.text(object, "involvedObject", "fieldPath")),
            wide("Source", EventColumns::source),
            text("Message", object -> Json.text(object, "message").strip()),
            timed("First Seen", (object, now) -> Ages.since(first(object, "firstTimestamp", "eventTime"), now))
                    .onlyWide(),
            count("Count", object -> (int) Json.number(object, 1, "count")).onlyWide(),
            NAME.onlyWide());

    private EventColumns() {}

    private static String source(ObjectNode event) {
        String component = Json.text(event, "source", "component");
        String host = Json.text(event, "source", "host");
        if (component.isEmpty()) {
            component = Json.text(event, "reportingComponent");
            host = Json.text(event, "reportingInstance");
        }
        return host.isEmpty() ? component : component + ", " + host;
    }

    /** The first of these times that is there; else when the Event was written. */
    private static String first(ObjectNode event, String... fields) {
        for (String field : fields) {
            String time = Json.text(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return Json.text(event, "metadata", "creationTimestamp");
    }
}
