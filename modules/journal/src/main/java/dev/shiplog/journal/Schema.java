package dev.shiplog.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the database to the schema of this program: each step once, in order, all in one transaction, one program at
 * a time. Steps are only ever added.
 */
final class Schema {

    private static final List<String> STEPS = List.of("1-events.sql");
    private static final long LOCK = 0x73686970_6c6f6700L;

    private Schema() {}

    static void migrate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("create schema if not exists journal");
            statement.execute("create table if not exists journal.schema_steps"
                    + " (step text primary key, taken_at timestamptz not null default clock_timestamp())");
            for (String step : STEPS) {
                if (!taken(connection, step)) {
                    statement.execute(text(step));
                    take(connection, step);
                }
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static boolean taken(Connection connection, String step) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select 1 from journal.schema_steps where step = ?")) {
            query.setString(1, step);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void take(Connection connection, String step) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into journal.schema_steps (step) values (?)")) {
            insert.setString(1, step);
            insert.executeUpdate();
        }
    }

    private static String text(String step) {
        try (InputStream in = Schema.class.getResourceAsStream(step)) {
            if (in == null) {
                throw new IllegalStateException("The program lacks its resource " + step);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The program can't read its resource " + step, e);
        }
    }
}
