package dev.shiplog.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a process of its own under our folder, on loopback only, with every commit on the disk.
 *
 * <p>Start: unpack the programs if need be; stop a server that a kill of our JVM left running; make the data directory
 * beside its place and move it there, so that a half made one is never taken for real; start, and return when it
 * takes connections. If it dies while we live it is started again ({@link PostgresGuard}). Only who can read the folder knows the password.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "shiplog";
    private static final String DATABASE = "shiplog";
    private static final String MAJOR_VERSION = "18";
    private static final long LOG_KEPT_BYTES = 4 * 1024 * 1024;

    private final Postmaster postmaster;
    private final PostgresGuard guard;
    private final int port;
    private final String password;

    private EmbeddedPostgres(Postmaster postmaster, PostgresGuard guard, int port, String password) {
        this.postmaster = postmaster;
        this.guard = guard;
        this.port = port;
        this.password = password;
    }

    /** Starts on what the folder holds, or afresh when it is empty. */
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, PostgresBinaries.userCache());
    }

    static EmbeddedPostgres start(Path folder, Path cache) {
        try {
            long began = System.nanoTime();
            Files.createDirectories(folder);
            Path home = folder.toRealPath();
            Path programs = PostgresBinaries.unpacked(cache, home.resolve("programs"));
            EmbeddedPostgres postgres = startIn(home, PostgresPrograms.of(programs, home));
            log.debug(
                    "PostgreSQL serves on port {} after {} ms", postgres.port, (System.nanoTime() - began) / 1_000_000);
            return postgres;
        } catch (IOException | SQLException e) {
            throw new StartFailure(
                    "PostgreSQL can't start on " + folder + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "The folder needs room on the disk and must be writable; more may stand in "
                            + folder.resolve("postgres.log") + ".",
                    e);
        }
    }

    /** User and password included. */
    public String jdbcUrl() {
        return jdbcUrl(port, password, DATABASE);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        guard.close();
        try {
            postmaster.stop();
        } catch (IOException e) {
            throw new StartFailure("PostgreSQL did not stop: " + e.getMessage(), "The next start will stop it.", e);
        }
    }

    private static EmbeddedPostgres startIn(Path home, PostgresPrograms programs) throws IOException, SQLException {
        Path data = home.resolve("data");
        var postmaster = new Postmaster(data, programs);
        postmaster.stop();

        if (!Files.exists(data)) {
            initialize(home, data, programs);
        }
        refuseOtherVersion(data);

        int port = StablePort.keptIn(home.resolve("port"));
        AtomicFile.write(data.resolve("postgresql.conf"), configuration(port));
        Path logFile = home.resolve("postgres.log");
        if (Files.exists(logFile) && Files.size(logFile) > LOG_KEPT_BYTES) {
            Files.move(logFile, home.resolve("postgres.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        postmaster.start(logFile);

        String password = Files.readString(home.resolve("password")).strip();
        try {
            createDatabase(port, password);
        } catch (SQLException | RuntimeException e) {
            postmaster.stop();
            throw e;
        }
        var guard = new PostgresGuard(postmaster, () -> {
            // What the dead one has left is cleared away first.
            postmaster.stop();
            postmaster.start(logFile);
        });
        return new EmbeddedPostgres(postmaster, guard, port, password);
    }

    private static void initialize(Path home, Path data, PostgresPrograms programs) throws IOException {
        Path password = home.resolve("password");
        AtomicFile.write(password, randomPassword() + "\n");
        Path fresh = home.resolve("data.new");
        PostgresBinaries.deleteTree(fresh);
        Files.createDirectory(
                fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        PostgresPrograms.Outcome outcome = programs.run(
                Duration.ofMinutes(2),
                "initdb",
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C");
        if (!outcome.succeeded()) {
            throw new IOException("initdb failed: " + outcome.output());
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void refuseOtherVersion(Path data) throws IOException {
        String version = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StartFailure(
                    "The data in " + data + " was written by PostgreSQL " + version + "; this is " + MAJOR_VERSION
                            + ".",
                    "Carry it over with pg_upgrade or pg_dump, or start with another --data folder.");
        }
    }

    /** Written anew at every start: durable, loopback only, small. Our commits are many and short, our queries simple. */
    private static String configuration(int port) {
        return """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                max_connections = 60
                shared_buffers = 64MB
                work_mem = 8MB
                max_wal_size = 512MB
                max_wal_senders = 0
                wal_level = minimal
                io_method = sync
                max_parallel_workers_per_gather = 0
                jit = off
                timezone = 'UTC'
                log_timezone = 'UTC'
                log_min_messages = warning
                """.formatted(port);
    }

    private static void createDatabase(int port, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(port, password, "postgres"));
                Statement statement = connection.createStatement();
                var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                try (Statement creation = connection.createStatement()) {
                    creation.execute("create database " + DATABASE);
                }
            }
        }
    }

    private static String jdbcUrl(int port, String password, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER + "&password=" + password;
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
