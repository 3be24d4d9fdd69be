package dev.shiplog.views.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The tables of the read model. They are not migrated: nothing is in them that the journal does not hold, so another
 * version is dropped and folded anew.
 */
final class Schema {

    /** To be raised with every change to the tables, or to what the fold makes of events. */
    static final int VERSION = 7;

    private static final long LOCK = 0x73686970_76696577L;

    private Schema() {}

    /** Leaves the tables of this version, empty ones where there were none or others. One process at a time. */
    static void bring(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
            if (version(connection) != VERSION) {
                statement.execute("drop schema if exists views cascade");
                statement.execute(tables());
                statement.execute("insert into views.progress (version, position) values (" + VERSION + ", 0)");
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** 0 where there is none. */
    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var table = statement.executeQuery("select to_regclass('views.progress') is not null")) {
                table.next();
                if (!table.getBoolean(1)) {
                    return 0;
                }
            }
            try (var row = statement.executeQuery("select version from views.progress")) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private static String tables() {
        try (var resource = Schema.class.getResourceAsStream("views.sql")) {
            if (resource == null) {
                throw new IllegalStateException("views.sql is not beside its class");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
