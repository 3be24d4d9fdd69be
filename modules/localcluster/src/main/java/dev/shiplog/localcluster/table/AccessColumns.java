package dev.shiplog.localcluster.table;

import static dev.shiplog.localcluster.table.Column.AGE;
import static dev.shiplog.localcluster.table.Column.NAME;
import static dev.shiplog.localcluster.table.Column.text;
import static dev.shiplog.localcluster.table.Column.wide;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Who may do what. */
final class AccessColumns {
    static final List<Column> BINDING = List.of(
            NAME,
            text("Role", object -> Json.text(object, "roleRef", "kind") + "/" + Json.text(object, "roleRef", "name")),
            AGE,
            wide("Users", object -> subjects(object, "User")),
            wide("Groups", object -> subjects(object, "Group")),
            wide("ServiceAccounts", object -> subjects(object, "ServiceAccount")));

    private AccessColumns() {}

    private static String subjects(ObjectNode binding, String kind) {
        return binding.path("subjects")
                .valueStream()
                .filter(subject -> Json.text(subject, "kind").equals(kind))
                .map(subject -> (kind.equals("ServiceAccount") ? Json.text(subject, "namespace") + "/" : "")
                        + Json.text(subject, "name"))
                .collect(Collectors.joining(", "));
    }
}
