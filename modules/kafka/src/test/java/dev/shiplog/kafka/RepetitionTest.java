package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.application.Application;
import dev.shiplog.engine.ingest.CommandDesk;
import dev.shiplog.protocol.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** However long one command stays open, a crash repeats no more than an application remembers. */
class RepetitionTest {

    private static final int STUCK_PARTITION = 4;
    private static final int FREE_PARTITION = 5;
    private static final int COMMANDS = 5 * Application.REMEMBERED_COMMANDS;

    private final Set<String> done = ConcurrentHashMap.newKeySet();

    @Test
    void behindACommandThatStaysOpenNoMoreIsDoneThanAnApplicationRemembers() throws Exception {
        var commands = new ArrayList<ProducerRecord<byte[], byte[]>>();
        commands.add(command(STUCK_PARTITION, "stuck/a", "open"));
        for (int n = 0; n < COMMANDS; n++) {
            commands.add(command(STUCK_PARTITION, "stuck/b", "stuck-" + n));
            commands.add(command(FREE_PARTITION, "free/c", "free-" + n));
        }
        Set<String> first;
        try (var intake = start(false)) {
            Broker.await("the one before has been read to its end", () -> Broker.uncommitted() == 0);
            Broker.send(commands);
            Broker.await("the other partition is read to its end", () -> done("free") == COMMANDS);
            Broker.await("the stuck one is full", () -> done("stuck") > 0);
            assertThat(intake.open()).isBetween(1, Application.REMEMBERED_COMMANDS);
            first = Set.copyOf(done);
        }
        assertThat(stuck(done)).hasSizeLessThan(Application.REMEMBERED_COMMANDS);
        done.clear();
        try (var intake = start(true)) {
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(intake.open()).isZero();
        }
        assertThat(done).as("repeated").containsAll(stuck(first)).hasSize(COMMANDS + 1);
    }

    private CommandIntake start(boolean all) {
        CommandDesk desk = command -> {
            if (!all && command.id().id().equals("open")) {
                return new CompletableFuture<>();
            }
            done.add(command.id().id());
            return CompletableFuture.completedFuture(new Outcome.Accepted(1, ""));
        };
        return CommandIntake.start(
                Broker.connection(), "test", desk, IntakeLimits.USUAL.withDrainMillis(300), TransferLimits.USUAL);
    }

    private long done(String prefix) {
        return done.stream().filter(id -> id.startsWith(prefix)).count();
    }

    private static Set<String> stuck(Set<String> ids) {
        return ids.stream().filter(id -> id.startsWith("stuck")).collect(Collectors.toSet());
    }

    private static ProducerRecord<byte[], byte[]> command(int partition, String application, String id) {
        return new ProducerRecord<>(
                Topics.COMMANDS,
                partition,
                application.getBytes(UTF_8),
                Commands.toProtobuf(Samples.scale(application, id, 1)),
                List.of(new org.apache.kafka.common.header.internals.RecordHeader(
                        "content-type", "application/protobuf".getBytes(UTF_8))));
    }
}
