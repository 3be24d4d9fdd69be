package dev.shiplog.kafka;

import static java.util.Objects.requireNonNull;

import dev.shiplog.testing.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One real broker for the tests of this module, with the topics made. */
final class Broker {

    private static final TestKafka SERVER = start();

    private Broker() {}

    static Map<String, Object> connection() {
        return new HashMap<>(Map.of("bootstrap.servers", SERVER.bootstrapServers()));
    }

    static void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (var sender = new Sender(connection(), TransferLimits.USUAL)) {
            var sent = records.stream().map(sender::send).toList();
            for (var one : sent) {
                one.get();
            }
        }
    }

    /** How many records of the commands the group has not committed. */
    static long uncommitted() throws Exception {
        try (Admin admin = Admin.create(connection())) {
            var committed = admin.listConsumerGroupOffsets("shiplog")
                    .partitionsToOffsetAndMetadata()
                    .get();
            try (var consumer = new KafkaConsumer<byte[], byte[]>(
                    connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                long uncommitted = 0;
                for (var end : consumer.endOffsets(partitions(consumer, Topics.COMMANDS))
                        .entrySet()) {
                    var offset = committed.get(end.getKey());
                    uncommitted += end.getValue() - (offset == null ? 0 : offset.offset());
                }
                return uncommitted;
            }
        }
    }

    /** The topic takes no larger records from now on; tells how large they were until now. */
    static int limit(String topic, int bytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", String.valueOf(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(connection())) {
            var before = requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
            return Integer.parseInt(before.get("max.message.bytes").value());
        }
    }

    /** Gives the topic one partition more, and says which. */
    static int addPartition(String topic) throws Exception {
        try (Admin admin = Admin.create(connection())) {
            TopicDescription found = requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            int count = found.partitions().size();
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count + 1)))
                    .all()
                    .get();
            return count;
        }
    }

    /** Reads a topic from its present end on. */
    static Tail tail(String topic) {
        return new Tail(topic);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static TestKafka start() {
        try {
            TestKafka server = TestKafka.untilTheEnd();
            Topics.ensure(Map.of("bootstrap.servers", server.bootstrapServers()));
            return server;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has come to a topic since. */
    static final class Tail implements AutoCloseable {

        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

        private Tail(String topic) {
            consumer = new KafkaConsumer<>(connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer.assign(partitions(consumer, topic));
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
        }

        /** All records so far, once there are as many. */
        List<ConsumerRecord<byte[], byte[]>> await(int count) {
            return await(records -> records.size() >= count);
        }

        List<ConsumerRecord<byte[], byte[]>> await(Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
            Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
            while (!enough.test(seen)) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("only " + seen.size() + " records came");
                }
                consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
            }
            return List.copyOf(seen);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    static void await(String what, Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @FunctionalInterface
    interface Condition {
        boolean holds() throws ExecutionException, InterruptedException, Exception;
    }
}
