package dev.shiplog.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.api.ApiLimits;
import dev.shiplog.embedded.StartFailure;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.journal.JournalLimits;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kafka.TransferLimits;
import dev.shiplog.kubernetes.GatewayLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsNotSaidIsAsUsual() throws IOException {
        assertThat(read("")).isEqualTo(Limits.usual());
        assertThat(Limits.usual())
                .isEqualTo(new Limits(
                        IntakeLimits.USUAL,
                        TransferLimits.USUAL,
                        JournalLimits.USUAL,
                        ActorLimits.USUAL,
                        GatewayLimits.USUAL,
                        ApiLimits.USUAL));
    }

    @Test
    void whatIsSaidCounts() throws IOException {
        var limits = read("""
                limits {
                  commands = 1, command-bytes = 2, repeated-commands = 3, fetch-bytes = 4, send-bytes = 9 MiB
                  application-messages = 6, rollout-messages = 7, idle = 8 s
                  journal-writes = 9, journal-bytes = 10, recoveries = 11, follower-events = 12, follower-bytes = 13
                  requests-per-cluster = 14, changes-per-cluster = 15
                  connections = 16, reads = 17, waiting-reads = 18, submissions = 19, submission-bytes = 20
                  streams = 22
                }
                """);
        assertThat(limits)
                .isEqualTo(new Limits(
                        new IntakeLimits(1, 2, 3, IntakeLimits.USUAL.drain()),
                        new TransferLimits(4, 9 * 1024 * 1024),
                        new JournalLimits(9, 10, 11, 12, 13),
                        new ActorLimits(6, 7, Duration.ofSeconds(8)),
                        new GatewayLimits(14, 15),
                        new ApiLimits(16, 17, 18, 19, 20, 22)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            commands = 0                | shiplog.limits.commands is 0; it must be at least 1
            commands = -5               | shiplog.limits.commands is -5; it must be at least 1
            commands = many             | commands has type STRING rather than NUMBER
            command-bytes = 0           | shiplog.limits.command-bytes is 0 bytes; it must be at least 1 bytes
            command-bytes = 1 parsec    | command-bytes
            repeated-commands = 1       | shiplog.limits.repeated-commands is 1; it must be from 2 to 256
            repeated-commands = 257     | recognises its latest 256 commands
            send-bytes = 1 MiB          | shiplog.limits.send-bytes is 1048576 bytes; it must be at least 8388608 bytes
            idle = 0 s                  | shiplog.limits.idle is 0 ms; it must be above 0 and at most a day
            idle = 2 days               | shiplog.limits.idle is 172800000 ms; it must be above 0 and at most a day
            waiting-reads = -1          | shiplog.limits.waiting-reads is -1; it must be at least 0
            reads = 3000000000          | reads
            """)
    void whatCanNotBeIsRefusedWithWhereItStandsAndWhatToDo(String setting, String reason) {
        assertThatThrownBy(() -> read("limits." + setting))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(folder.resolve("shiplog.conf").toString())
                .hasMessageContaining(reason);
    }

    /** Of every setting there is, so that none is forgotten. */
    @ParameterizedTest
    @MethodSource("dev.shiplog.server.config.LimitsTableTest#settings")
    void noneMayBeBelowNothing(String name) {
        assertThatThrownBy(() -> read("limits." + name + " = -1"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(name);
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
