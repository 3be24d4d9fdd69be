package dev.shiplog.acceptance.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.embedded.EmbeddedKafka;
import dev.shiplog.embedded.EmbeddedPostgres;
import dev.shiplog.journal.ChainVerifier;
import dev.shiplog.journal.Entry;
import dev.shiplog.journal.Journal;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Events;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
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
                try (var running = new Running(connection, postgres.jdbcUrl(), IntakeLimits.USUAL)) {
                    outcomes.awaitAtLeast(1_000);
                    postgres.close();
                    postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
                    outcomes.awaitAtLeast(4_000);
                    assertThat(running.open()).isNotNegative();
                }
                try (var again = new Running(connection, postgres.jdbcUrl(), IntakeLimits.USUAL);
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
}
