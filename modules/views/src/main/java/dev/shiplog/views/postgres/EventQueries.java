package dev.shiplog.views.postgres;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.views.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Questions about events. */
final class EventQueries {

    private static final String EVENTS =
            "select e.position, e.stream, e.sequence, e.at, e.actor, e.reason, e.command_id, e.type, e.summary"
                    + " from views.events e ";

    private final Snapshot tables;

    EventQueries(Snapshot tables) {
        this.tables = tables;
    }

    Page<EventView> events(String after, int limit) {
        long from = NumberCursor.parse(after, 0);
        var events = tables.list(
                EVENTS + "where e.position > ? order by e.position limit ?", EventQueries::event, from, limit);
        var next = events.isEmpty() ? Long.toString(from) : events.getLast().offset();
        return new Page<>(events, Optional.of(next));
    }

    Page<EventView> events(ApplicationName application, String after, int limit) {
        var found = tables.list(
                EVENTS + "where e.application = ? and e.position > ? order by e.position limit ?",
                EventQueries::event,
                application.toString(),
                NumberCursor.parse(after, 0),
                limit + 1);
        boolean more = found.size() > limit;
        List<EventView> page = more ? found.subList(0, limit) : found;
        return new Page<>(page, more ? Optional.of(page.getLast().offset()) : Optional.empty());
    }

    String end() {
        return tables.one("select position from views.progress", row -> row.getString(1))
                .orElse("0");
    }

    boolean has(ApplicationName application, CommandId command) {
        return tables.one(
                        "select 1 from views.events where command_id = ? and command_source = ? and application = ?"
                                + " limit 1",
                        row -> true,
                        command.id(),
                        command.source(),
                        application.toString())
                .isPresent();
    }

    private static EventView event(ResultSet row) throws SQLException {
        return new EventView(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }
}
