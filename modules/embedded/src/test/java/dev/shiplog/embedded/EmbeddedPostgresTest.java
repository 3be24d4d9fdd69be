package dev.shiplog.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    @TempDir
    Path folder;

    @Test
    void everyCommitIsOnTheDiskAndOnlyWhoKnowsThePasswordComesIn() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl())) {
                assertThat(show(connection, "fsync")).isEqualTo("on");
                assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
                assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(show(connection, "server_version")).startsWith("18.");
            }
            String guessed = postgres.jdbcUrl().replaceAll("password=.*", "password=guess");
            assertThatThrownBy(() -> DriverManager.getConnection(guessed)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aServerThatIsKilledIsThereAgainWithAllThatWasCommitted() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
            try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                    var statement = connection.createStatement()) {
                statement.execute("create table notes (note text)");
                statement.execute("insert into notes values ('kept')");
            }
            String pid = Files.readAllLines(folder.resolve("data/postmaster.pid"))
                    .getFirst()
                    .strip();
            ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
            assertThat(awaitNote(postgres.jdbcUrl(), pid)).isEqualTo("kept");
        }
        assertThat(folder.resolve("data/postmaster.pid")).as("a clean stop").doesNotExist();
    }

    private String awaitNote(String jdbcUrl, String killed) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (true) {
            try (Connection connection = DriverManager.getConnection(jdbcUrl);
                    var statement = connection.createStatement();
                    var result = statement.executeQuery("select note from notes")) {
                if (!Files.readString(folder.resolve("data/postmaster.pid")).startsWith(killed + "\n")) {
                    result.next();
                    return result.getString(1);
                }
            } catch (SQLException e) {
                assertThat(Instant.now()).as(e.toString()).isBefore(deadline);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Test
    void aPortThatSomebodyElseHasTakenIsReplacedByAnother() throws IOException {
        Path file = folder.resolve("port");
        int first = StablePort.keptIn(file);
        assertThat(StablePort.keptIn(file)).isEqualTo(first);
        try (var taker = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
            assertThat(StablePort.keptIn(file)).isNotEqualTo(taker.getLocalPort());
        }
    }

    @Test
    void thePidOfAForeignProcessIsLeftAlone() throws IOException {
        Path home = PostgresBinaries.unpacked(PostgresBinaries.userCache(), folder);
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");
        var postmaster = new Postmaster(data, PostgresPrograms.of(home, folder));

        assertThat(postmaster.running()).isEmpty();
        postmaster.stop();
        assertThat(data.resolve("postmaster.pid")).as("stale").doesNotExist();
    }

    @Test
    void dataOfAnotherMajorVersionIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data/PG_VERSION"), "14\n");
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("written by PostgreSQL 14; this is 18");
    }

    @Test
    void theProgramsAreUnpackedWholeOrNotAtAll() throws IOException {
        Path home = PostgresBinaries.unpacked(folder.resolve("cache"), folder.resolve("fallback"));
        assertThat(home.resolve("bin/postgres")).isExecutable();
        try (Stream<Path> entries = Files.list(folder.resolve("cache"))) {
            assertThat(entries).containsExactly(home);
        }
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        assertThat(PostgresBinaries.unpacked(notAFolder, folder.resolve("fallback")))
                .startsWith(folder.resolve("fallback"));
    }

    @Test
    void rootWithoutUserNamespacesFallsBackToNobody() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = PostgresBinaries.unpacked(folder.resolve("cache"), folder);
        Path data = Files.createDirectory(folder.resolve("data"));
        PostgresPrograms.Outcome outcome = PostgresPrograms.asNobody(home, data)
                .run(Duration.ofMinutes(1), "initdb", "--pgdata=" + data, "--username=u", "--no-sync");
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(Files.getOwner(data.resolve("PG_VERSION")).getName()).isEqualTo("nobody");
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("show " + setting)) {
            result.next();
            return result.getString(1);
        }
    }
}
