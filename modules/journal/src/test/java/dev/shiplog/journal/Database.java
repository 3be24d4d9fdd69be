package dev.shiplog.journal;

import dev.shiplog.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** One real PostgreSQL for the tests of this module; each test has a database of its own in it. */
final class Database {

    private static final EmbeddedPostgres SERVER = start();
    private static int made;

    private Database() {}

    /** The JDBC URL of a new, empty database. */
    static synchronized String fresh() throws SQLException {
        String name = "test_" + ++made;
        try (Connection connection = DriverManager.getConnection(SERVER.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return SERVER.jdbcUrl().replace("/shiplog?", "/" + name + "?");
    }

    private static EmbeddedPostgres start() {
        try {
            Path folder = Files.createTempDirectory("shiplog-journal-test-");
            EmbeddedPostgres server = EmbeddedPostgres.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
