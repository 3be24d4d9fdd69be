package dev.shiplog.views;

import dev.shiplog.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One real PostgreSQL for the tests of this module; each test has a database of its own in it. */
final class Database {

    private static final EmbeddedPostgres SERVER = start();
    private static int made;

    private Database() {}

    static synchronized DataSource fresh() throws SQLException {
        String name = "test_" + ++made;
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        var database = new PGSimpleDataSource();
        database.setUrl(SERVER.jdbcUrl().replace("/shiplog?", "/" + name + "?"));
        return database;
    }

    private static EmbeddedPostgres start() {
        try {
            Path folder = Files.createTempDirectory("shiplog-views-test-");
            EmbeddedPostgres server = EmbeddedPostgres.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
