package dev.shiplog.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Counts the journal's events, and finds how fast the same database takes events when nobody else asks anything of it. */
final class JournalGauge implements AutoCloseable {

    private static final int ROWS_PER_INSERT = 500;
    private static final double SECONDS = 5;

    private final Connection connection;

    JournalGauge(String jdbcUrl) throws SQLException {
        connection = DriverManager.getConnection(jdbcUrl);
    }

    long events() throws SQLException {
        return number("select count(*) from journal.events");
    }

    long position() throws SQLException {
        return number("select coalesce(max(position), 0) from journal.events");
    }

    /** The average size of the events beyond the position. */
    int eventBytesBeyond(long position) throws SQLException {
        return (int) number(
                "select coalesce(avg(length(payload)), 0)::bigint from journal.events where position > " + position);
    }

    /** Events of the size per second, in grouped multi-row inserts, one commit each. */
    double ceiling(int size) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create schema if not exists benchmark");
            statement.execute("create table benchmark.events (like journal.events including all)");
        }
        var insert = "insert into benchmark.events (stream, sequence_number, payload, writer) values "
                + "(?, ?, ?, 'benchmark'), ".repeat(ROWS_PER_INSERT - 1) + "(?, ?, ?, 'benchmark')";
        var payload = new byte[size];
        long rows = 0;
        long start = System.nanoTime();
        try (var statement = connection.prepareStatement(insert)) {
            while (System.nanoTime() - start < SECONDS * 1e9) {
                for (int i = 0; i < ROWS_PER_INSERT; i++) {
                    rows++;
                    statement.setString(3 * i + 1, "application/default/app-" + i);
                    statement.setLong(3 * i + 2, rows);
                    statement.setBytes(3 * i + 3, payload);
                }
                statement.executeUpdate();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        try (var statement = connection.createStatement()) {
            statement.execute("drop schema benchmark cascade");
        }
        return rows / seconds;
    }

    private long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
