package dev.shiplog.acceptance.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.embedded.EmbeddedKafka;
import dev.shiplog.embedded.EmbeddedPostgres;
import dev.shiplog.engine.Engine;
import dev.shiplog.engine.Timings;
import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.stream.Backoff;
import dev.shiplog.journal.ChainVerifier;
import dev.shiplog.journal.Entry;
import dev.shiplog.journal.Journal;
import dev.shiplog.journal.JournalSetup;
import dev.shiplog.journal.ProtobufEventCodec;
import dev.shiplog.kafka.CommandIntake;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Events;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 commands for 500 applications straight to the topic, some twice and some broken; in the middle the database is
 * stopped and started again, and the orchestrator too. Afterwards the history has each good command exactly once, each
 * one that was sent has an outcome, and each broken one is a dead letter.
 */
class TenThousandCommandsTest {

    private static final int COMMANDS = 10_000;
    private static final int APPLICATIONS = 500;
    private static final Timings TIMINGS = new Timings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)));

    @TempDir
    Path folder;

    @Test
    void noneIsLostAndNoneHasEffectTwice() throws Exception {
        Workload workload = Workload.of(20261122, COMMANDS, APPLICATIONS);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Map<String, Object> connection = Map.of("bootstrap.servers", kafka.bootstrapServers());
            Topics.ensure(connection);
            send(connection, workload);
            EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
            try (var outcomes = new TopicCount(connection, Topics.OUTCOMES)) {
                try (var running = new Running(connection, postgres.jdbcUrl())) {
                    outcomes.awaitAtLeast(1_000);
                    postgres.close();
                    postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                    outcomes.awaitAtLeast(4_000);
                    assertThat(running.isOpen()).isTrue();
                }
                try (var again = new Running(connection, postgres.jdbcUrl());
                        var deadLetters = new TopicCount(connection, Topics.DEAD_LETTERS)) {
                    deadLetters.awaitAtLeast(workload.broken);
                    again.awaitAllCommitted(connection);
                    // At least: what was open at the stop was answered, perhaps, and then again.
                    outcomes.awaitAtLeast(workload.good.size() + workload.sentAgain);
                    assertThat(deadLetters.count()).isBetween((long) workload.broken, workload.broken + 100L);
                    assertHistory(again.journal, workload);
                }
            } finally {
                postgres.close();
            }
        }
    }

    private static void assertHistory(Journal journal, Workload workload) throws Exception {
        Map<CommandId, Integer> effects = new HashMap<>();
        var streams = new HashSet<String>();
        long position = 0;
        for (List<Entry> batch = journal.feed().after(0, 5_000);
                !batch.isEmpty();
                batch = journal.feed().after(position, 5_000)) {
            for (Entry entry : batch) {
                streams.add(entry.stream());
                if (Events.decode(entry.event().bytes()) instanceof Events.Stored.OfApplication stored
                        && isEffect(stored.recorded().event())) {
                    effects.merge(stored.recorded().commandId(), 1, Integer::sum);
                }
            }
            position = batch.getLast().position();
        }
        assertThat(effects.keySet()).isEqualTo(workload.good);
        assertThat(effects.values()).containsOnly(1);
        assertThat(streams)
                .contains(workload.applications.stream()
                        .map(name -> "application/" + name)
                        .toArray(String[]::new));
        assertThat(streams)
                .allSatisfy(stream ->
                        assertThat(ChainVerifier.verify(journal, stream)).isEmpty());
    }

    private static boolean isEffect(ApplicationEvent event) {
        return event instanceof ApplicationEvent.ReleaseCreated || event instanceof ApplicationEvent.Scaled;
    }

    private static void send(Map<String, Object> connection, Workload workload) {
        try (var producer = new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var record : workload.records) {
                var unused = producer.send(record);
            }
            producer.flush();
        }
    }

    /** The orchestrator on a cluster that takes whatever it is given. */
    private static final class Running implements AutoCloseable {

        final Journal journal;
        private final Engine engine;
        private final CommandIntake intake;

        Running(Map<String, Object> connection, String jdbcUrl) {
            journal = Journal.open(jdbcUrl);
            engine = Engine.start(
                    JournalSetup.of(journal, ConfigFactory.load()),
                    Clock.systemUTC(),
                    TIMINGS,
                    Fleet.of(List.of(new Cluster("eu", Map.of()))),
                    (cluster, sightings) -> new Agreeable(),
                    (cluster, sighting) -> {},
                    ProtobufEventCodec.ofApplications(),
                    ProtobufEventCodec.ofRollouts());
            intake = CommandIntake.start(connection, "node", engine, IntakeLimits.USUAL);
        }

        boolean isOpen() {
            return intake.open() >= 0;
        }

        void awaitAllCommitted(Map<String, Object> connection) throws Exception {
            try (var admin = org.apache.kafka.clients.admin.Admin.create(connection);
                    var ends = new TopicCount(connection, Topics.COMMANDS)) {
                Deadline.await("every offset is committed", () -> {
                    long committed = 0;
                    for (var offset : admin.listConsumerGroupOffsets("shiplog")
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values()) {
                        committed += offset == null ? 0 : offset.offset();
                    }
                    return committed == ends.count();
                });
            }
        }

        @Override
        public void close() {
            intake.close();
            engine.close();
            journal.close();
        }
    }

    private static final class Agreeable implements ClusterGateway {

        @Override
        public void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer) {
            answer.accept(new RolloutCommand.ConfirmApplied(task.assignment().generation(), task.leg()));
        }

        @Override
        public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
            answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), task.objects()));
        }

        @Override
        public void look(RolloutTask.Watch task) {}

        @Override
        public void close() {}
    }

    /** How many records a topic has. */
    private static final class TopicCount implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<TopicPartition> partitions;

        TopicCount(Map<String, Object> connection, String topic) {
            consumer = new KafkaConsumer<>(connection, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        }

        long count() {
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(end -> end)
                    .sum();
        }

        void awaitAtLeast(long records) throws Exception {
            Deadline.await(records + " records", () -> count() >= records);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private interface Deadline {

        interface Condition {
            boolean holds() throws Exception;
        }

        static void await(String what, Condition condition) throws Exception {
            Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
            while (!condition.holds()) {
                assertThat(Instant.now()).as(what).isBefore(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }
}
