package dev.shiplog.journal;

import dev.shiplog.testing.TestPostgres;
import java.sql.SQLException;

/** One real PostgreSQL for the tests of this module; each test has a database of its own in it. */
final class Database {

    private static final TestPostgres SERVER = TestPostgres.untilTheEnd();

    private Database() {}

    /** The JDBC URL of a new, empty database. */
    static String fresh() throws SQLException {
        return SERVER.freshDatabase();
    }
}
