package dev.shiplog.acceptance.kills;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.domain.CommandId;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Reading.Understood;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands straight to Kafka and remembers which of them the broker has taken, and where. The broker's deaths are
 * ridden out by the producer, which sends until it is told that the record is there.
 */
final class Submitter implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Map<Long, CommandId>> places = new ConcurrentHashMap<>();
    private final Set<CommandId> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<CommandId> sent = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Exception lost;

    Submitter(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "delivery.timeout.ms",
                        900_000,
                        "request.timeout.ms",
                        10_000,
                        "max.block.ms",
                        300_000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(Understood command) {
        sent.add(command.id());
        var record = new ProducerRecord<>(
                Topics.COMMANDS, command.application().toString().getBytes(UTF_8), Commands.toProtobuf(command));
        record.headers().add("content-type", "application/protobuf".getBytes(UTF_8));
        var unused = producer.send(record, (place, failure) -> placed(command.id(), place, failure));
    }

    private void placed(CommandId id, RecordMetadata place, @Nullable Exception failure) {
        if (failure != null) {
            lost = failure;
            return;
        }
        places.computeIfAbsent(new TopicPartition(place.topic(), place.partition()), first -> new ConcurrentHashMap<>())
                .put(place.offset(), id);
        acknowledged.add(id);
    }

    /** Returns when the broker has taken all that was sent. */
    void flush() {
        producer.flush();
        var trouble = lost;
        if (trouble != null) {
            throw new AssertionError("the broker did not take a command", trouble);
        }
    }

    /** How many commands the broker has said it has. */
    int acknowledged() {
        return acknowledged.size();
    }

    Set<CommandId> sent() {
        return sent;
    }

    /** The commands below the offset of a partition, as far as the broker has told their places. */
    Set<CommandId> before(TopicPartition partition, long offset) {
        var ids = new HashSet<CommandId>();
        places.getOrDefault(partition, Map.of()).forEach((at, id) -> {
            if (at < offset) {
                ids.add(id);
            }
        });
        return ids;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
