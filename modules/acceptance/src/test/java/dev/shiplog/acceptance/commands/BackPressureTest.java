package dev.shiplog.acceptance.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.embedded.EmbeddedKafka;
import dev.shiplog.embedded.EmbeddedPostgres;
import dev.shiplog.journal.Journal;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Events;
import dev.shiplog.protocol.Reading.Understood;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database that stands still while 60 MB of commands come: from the journal over the actors to the intake each is full,
 * the consumer pauses, and Kafka keeps the rest. When the database goes on, all of them are decided.
 */
class BackPressureTest {

    private static final int COMMANDS = 600;
    private static final int COMMAND_BYTES = 100_000;
    private static final long LET_IN_BYTES = 2L * 1024 * 1024;
    private static final int REPEATED = 16;

    /** As many as are let in, and one poll of half of what may be repeated. */
    private static final int MOST_OPEN = (int) (LET_IN_BYTES / COMMAND_BYTES) + 1 + REPEATED / 2;

    @TempDir
    Path folder;

    @Test
    void whileTheDatabaseStandsStillKafkaKeepsTheCommandsAndMemoryDoesNotGrow() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
            Map<String, Object> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
            Topics.ensure(connection);
            try (var running = new Running(
                            connection, postgres.jdbcUrl(), IntakeLimits.of(1_000, LET_IN_BYTES, REPEATED));
                    var outcomes = new TopicCount(connection, Topics.OUTCOMES)) {
                try (var lock = DriverManager.getConnection(postgres.jdbcUrl());
                        var statement = lock.createStatement()) {
                    lock.setAutoCommit(false);
                    statement.execute("lock table journal.events in access exclusive mode");
                    long before = usedBytes();
                    send(connection);
                    Deadline.await("the intake is full", () -> running.open() * (long) COMMAND_BYTES >= LET_IN_BYTES);

                    int most = 0;
                    for (int look = 0; look < 5; look++) {
                        most = Math.max(most, running.open());
                        assertThat(usedBytes() - before).isLessThan((long) COMMANDS * COMMAND_BYTES / 2);
                    }
                    assertThat(most).isLessThanOrEqualTo(MOST_OPEN);
                    assertThat(outcomes.count()).isZero();
                    lock.rollback();
                }
                outcomes.awaitAtLeast(COMMANDS);
                running.awaitAllCommitted(connection);
                assertThat(released(running.journal))
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, COMMANDS)
                                .mapToObj(number -> new CommandId("pressure", "" + number))
                                .toList());
            }
        }
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void send(Map<String, Object> connection) {
        var chance = new Random(1);
        try (var producer = new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < COMMANDS; number++) {
                var command = command(number, chance);
                var record = new ProducerRecord<>(
                        Topics.COMMANDS,
                        command.application().toString().getBytes(UTF_8),
                        Commands.toProtobuf(command));
                record.headers().add("content-type", "application/protobuf".getBytes(UTF_8));
                var unused = producer.send(record);
            }
            producer.flush();
        }
    }

    private static Understood command(int number, Random chance) {
        var text = chance.ints(COMMAND_BYTES, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var config = new KubernetesObject(Json.EMPTY
                .with("apiVersion", Json.text("v1"))
                .with("kind", Json.text("ConfigMap"))
                .with("metadata", Json.EMPTY.with("name", Json.text("conf")))
                .with("data", Json.EMPTY.with("text", Json.text(text))));
        return new Understood(
                ApplicationName.parse("pressure/app-" + number),
                new CommandId("pressure", "" + number),
                Principal.claimed("ada"),
                "",
                new ApplicationCommand.Apply(
                        new ReleaseSpec(
                                List.of(config),
                                ClusterSelection.ALL,
                                Strategy.AS_WRITTEN,
                                List.of(),
                                false,
                                Optional.empty()),
                        ""));
    }

    /** The commands that have made a release; none has made two. */
    private static Set<CommandId> released(Journal journal) throws Exception {
        var released = new HashSet<CommandId>();
        long position = 0;
        for (var batch = journal.feed().after(0, 500);
                !batch.isEmpty();
                batch = journal.feed().after(position, 500)) {
            for (var entry : batch) {
                if (Events.decode(entry.event().bytes()) instanceof Events.Stored.OfApplication stored
                        && stored.recorded().event() instanceof ApplicationEvent.ReleaseCreated) {
                    assertThat(released.add(stored.recorded().commandId())).isTrue();
                }
            }
            position = batch.getLast().position();
        }
        return released;
    }
}
