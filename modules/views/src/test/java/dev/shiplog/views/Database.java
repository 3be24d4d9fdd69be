package dev.shiplog.views;

import dev.shiplog.testing.TestPostgres;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One real PostgreSQL for the tests of this module; each test has a database of its own in it. */
final class Database {

    private static final TestPostgres SERVER = TestPostgres.untilTheEnd();

    private Database() {}

    static DataSource fresh() throws SQLException {
        var database = new PGSimpleDataSource();
        database.setUrl(SERVER.freshDatabase());
        return database;
    }
}
