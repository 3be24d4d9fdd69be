package dev.shiplog.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.embedded.StartFailure;
import dev.shiplog.journal.JournalLimits;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kubernetes.ClusterConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsNotSaidIsAsUsual() throws IOException {
        assertThat(read("")).isEqualTo(Limits.usual());
        assertThat(Limits.usual())
                .isEqualTo(new Limits(
                        IntakeLimits.USUAL, JournalLimits.USUAL, 10_000, ClusterConnection.REQUESTS_UNDER_WAY));
    }

    @Test
    void whatIsSaidCounts() throws IOException {
        var limits = read("limits { commands = 7, journal-bytes = 2 MiB }");
        assertThat(limits.intake().records()).isEqualTo(7);
        assertThat(limits.journal().bytes()).isEqualTo(2 * 1024 * 1024);
        assertThat(limits.requestsPerCluster()).isEqualTo(ClusterConnection.REQUESTS_UNDER_WAY);
    }

    @Test
    void whatLetsNothingInIsRefused() {
        assertThatThrownBy(() -> read("limits.commands = 0"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("at least one command must be let in: 0 records");
    }

    private Limits read(String more) throws IOException {
        var file = folder.resolve("shiplog.conf");
        Files.writeString(file, """
                shiplog {
                  kafka.bootstrap-servers = "localhost:9092"
                  postgres.url = "jdbc:postgresql://localhost/shiplog"
                  %s
                }
                """.formatted(more));
        return ServerConfig.read(file).config().limits();
    }
}
