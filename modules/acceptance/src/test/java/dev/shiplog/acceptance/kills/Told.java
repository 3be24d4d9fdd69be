package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Format;
import dev.shiplog.protocol.Outcomes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What submitters have been told of their commands, from the first outcome on; the broker may die meanwhile. */
final class Told implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<CommandId, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Set<String> contradictions = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    Told(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.OUTCOMES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = Thread.ofPlatform().name("told").daemon().start(this::listen);
    }

    /** By command; of several the latest. */
    Map<CommandId, Outcome> outcomes() {
        return outcomes;
    }

    /** The commands that were told one thing and then another, in words. */
    Set<String> contradictions() {
        return contradictions;
    }

    private void listen() {
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    var told = Outcomes.read(record.value(), Format.PROTOBUF);
                    var before = outcomes.put(told.id(), told.outcome());
                    if (before != null && !before.equals(told.outcome())) {
                        contradictions.add(told.id() + " was told " + before + " and then " + told.outcome());
                    }
                }
            }
        } catch (WakeupException ignored) {
            // The end.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
