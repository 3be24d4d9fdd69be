package dev.shiplog.testing;

import dev.shiplog.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A real PostgreSQL for tests: our own, or in a container with {@code -Dshiplog.test.containers=true}. */
public final class TestPostgres implements AutoCloseable {

    private static final String IMAGE = "postgres:18";
    private static final String NAME = "shiplog";

    private final String jdbcUrl;
    private final Runnable end;
    private final AtomicInteger made = new AtomicInteger();

    private TestPostgres(String jdbcUrl, Runnable end) {
        this.jdbcUrl = jdbcUrl;
        this.end = end;
    }

    /** @param folder where it keeps its data, if it is our own */
    public static TestPostgres start(Path folder) {
        if (Containers.areAskedFor()) {
            var container = Containers.started(new PostgreSQLContainer(IMAGE)
                    .withDatabaseName(NAME)
                    .withUsername(NAME)
                    .withPassword(NAME));
            var url = "jdbc:postgresql://" + container.getHost() + ":"
                    + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + NAME + "?user=" + NAME
                    + "&password=" + NAME;
            return new TestPostgres(url, container::stop);
        }
        var embedded = EmbeddedPostgres.start(folder);
        // A test that is stopped closes nothing, and the server is a process of its own.
        Runtime.getRuntime().addShutdownHook(new Thread(embedded::close));
        return new TestPostgres(embedded.jdbcUrl(), embedded::close);
    }

    /** One for the whole JVM; it ends with it. */
    public static TestPostgres untilTheEnd() {
        try {
            return start(Files.createTempDirectory("shiplog-postgres-test-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** URL of its first database, with user and password. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** URL of a new and empty database in it. */
    public String freshDatabase() throws SQLException {
        var name = "test_" + made.incrementAndGet();
        try (var connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return jdbcUrl.replace("/" + NAME + "?", "/" + name + "?");
    }

    @Override
    public void close() {
        end.run();
    }
}
