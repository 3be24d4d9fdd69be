package dev.shiplog.journal;

import dev.shiplog.engine.stream.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The SQL of the events, in one place. */
final class EventTable {

    /**
     * One statement, one round trip, one commit, however many rows. The lock comes before the first row has its
     * position and ends after the commit is visible: positions become visible in their order.
     */
    private static final String INSERT = """
            with turn as materialized (select pg_advisory_xact_lock(7236837515312064257))
            insert into journal.events (stream, sequence_number, payload, writer)
            select e.stream, e.sequence_number, e.payload, e.writer
            from turn, unnest(?::text[], ?::bigint[], ?::bytea[], ?::text[])
              with ordinality as e (stream, sequence_number, payload, writer, place)
            order by e.place
            """;

    private static final String COLUMNS = "position, stream, sequence_number, payload, written_at";

    private static final String AFTER = """
            select position, stream, sequence_number, payload, written_at from (
              select *, sum(octet_length(payload)) over (order by position) - octet_length(payload) as bytes_before
              from (select * from journal.events where position > ? order by position limit ?) as following
            ) as measured
            where bytes_before < ? order by position
            """;

    private static final int FETCH_ROWS = 50;

    private EventTable() {}

    static void insert(Connection connection, List<NewEvent> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("text", column(events, NewEvent::stream)));
            insert.setArray(2, connection.createArrayOf("bigint", column(events, NewEvent::sequenceNumber)));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea",
                            events.stream().map(event -> event.event().bytes()).toArray(byte[][]::new)));
            insert.setArray(4, connection.createArrayOf("text", column(events, NewEvent::writer)));
            insert.executeUpdate();
        }
    }

    /** Whether these very events are already there: what a lost connection leaves open. */
    static boolean holds(Connection connection, List<NewEvent> events) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select payload from journal.events where stream = ? and sequence_number = ? and writer = ?")) {
            for (NewEvent event : events) {
                query.setString(1, event.stream());
                query.setLong(2, event.sequenceNumber());
                query.setString(3, event.writer());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()
                            || !Arrays.equals(row.getBytes(1), event.event().bytes())) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** At most so many events, and of large ones no more than fit: the last one may go beyond. */
    static List<Entry> after(Connection connection, long position, int limit, long bytes) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(AFTER)) {
            query.setLong(1, position);
            query.setInt(2, limit);
            query.setLong(3, bytes);
            var events = new ArrayList<Entry>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    events.add(entry(rows));
                }
            }
            return events;
        }
    }

    /** Both ends of the range belong to it. The rows are streamed, so that a long stream needs little memory. */
    static void replay(Connection connection, String stream, long from, long to, long limit, Consumer<Entry> each)
            throws SQLException {
        // Rows are streamed within a transaction only; the pool ends it when the connection comes back.
        connection.setAutoCommit(false);
        try (PreparedStatement query = connection.prepareStatement("select " + COLUMNS
                + " from journal.events where stream = ? and sequence_number between ? and ?"
                + " order by sequence_number limit ?")) {
            query.setFetchSize(FETCH_ROWS);
            query.setString(1, stream);
            query.setLong(2, from);
            query.setLong(3, to);
            query.setLong(4, limit);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    each.accept(entry(rows));
                }
            }
        }
    }

    static long highestSequenceNumber(Connection connection, String stream) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select coalesce(max(sequence_number), 0) from journal.events where stream = ?")) {
            query.setString(1, stream);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Object[] column(List<NewEvent> events, Function<NewEvent, Object> value) {
        return events.stream().map(value).toArray();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                new StoredEvent(row.getBytes(4)),
                row.getTimestamp(5).toInstant());
    }
}
