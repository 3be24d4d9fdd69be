package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Format;
import dev.shiplog.protocol.Outcomes;
import dev.shiplog.protocol.Reading.Understood;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits commands to their topic and waits for their outcomes, as any other client of Kafka could. It reads all
 * outcomes from its start on and keeps those that somebody here waits for.
 */
public final class CommandClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommandClient.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long REST_MILLIS = 50;
    private static final long PAUSE_MILLIS = 1_000;

    /** Ids are told apart within an application: two of them may have commands of the same id. */
    private record Submission(String application, CommandId id) {}

    /** Each submitter is one, also of the same command as another: whoever gives up takes nothing from the others. */
    private static final class Waiting {

        final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    }

    private final int mostWaiting;
    private final Semaphore places;
    private final Sender sender;
    private final Map<String, Object> settings;
    private final Map<Submission, Set<Waiting>> waiting = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Semaphore submitted = new Semaphore(0);
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private CommandClient(Map<String, Object> connection, int mostWaiting, TransferLimits limits) {
        this.mostWaiting = mostWaiting;
        this.places = new Semaphore(mostWaiting);
        this.sender = new Sender(connection, limits);
        this.settings = settings(connection, limits);
        this.thread = Thread.ofPlatform().name("outcomes").daemon().unstarted(this::run);
    }

    /**
     * Returns when outcomes are listened to, so that none of a command submitted then is missed.
     *
     * @param mostWaiting submitters at once that wait for their outcomes; one more is refused
     */
    public static CommandClient start(Map<String, Object> connection, int mostWaiting, TransferLimits limits)
            throws InterruptedException {
        var client = new CommandClient(connection, mostWaiting, limits);
        client.thread.start();
        if (!client.listening.await(30, TimeUnit.SECONDS)) {
            client.close();
            throw new KafkaUnavailable(
                    "No answer from Kafka at " + connection.get("bootstrap.servers") + " within 30 s.",
                    new TimeoutException());
        }
        return client;
    }

    /**
     * Completes with the outcome; with a {@link TimeoutException} if it was submitted and none came in time; with
     * {@link KafkaUnavailable} if it could not be submitted, or Kafka has not confirmed it: it may still have effect.
     *
     * @param patience for the outcome. Whether Kafka has the command is awaited in any case, for as long as a sender waits
     *     for that (40 s): who waits for nothing else is not told that it was lost
     */
    public CompletionStage<Outcome> submit(Understood command, Duration patience) {
        var submission = new Submission(command.application().toString(), command.id());
        var record = record(command);
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new KafkaUnavailable(
                    mostWaiting + " commands already wait for their outcome; try again later.",
                    new TimeoutException()));
        }
        var one = new Waiting();
        enter(submission, one);
        submitted.release();
        long end = System.nanoTime() + patience.toNanos();
        return sender.send(record)
                .handle((taken, failure) -> failure)
                .thenCompose(failure -> failure == null
                        ? one.outcome.orTimeout(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)
                        : CompletableFuture.<Outcome>failedFuture(
                                new KafkaUnavailable("The command could not be submitted: " + failure, failure)))
                .whenComplete((done, failure) -> {
                    leave(submission, one);
                    places.release();
                });
    }

    private void enter(Submission submission, Waiting one) {
        waiting.compute(submission, (same, others) -> {
            Set<Waiting> all = others == null ? ConcurrentHashMap.newKeySet(1) : others;
            all.add(one);
            return all;
        });
    }

    private void leave(Submission submission, Waiting one) {
        waiting.computeIfPresent(submission, (same, all) -> {
            all.remove(one);
            return all.isEmpty() ? null : all;
        });
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }

    private static ProducerRecord<byte[], byte[]> record(Understood command) {
        Headers headers = new RecordHeaders()
                .add(Form.CONTENT_TYPE, Form.header(Format.PROTOBUF))
                .add("ce_specversion", "1.0".getBytes(UTF_8))
                .add("ce_type", "dev.shiplog.command".getBytes(UTF_8))
                .add("ce_source", command.id().source().getBytes(UTF_8))
                .add("ce_id", command.id().id().getBytes(UTF_8));
        return new ProducerRecord<>(
                Topics.COMMANDS,
                null,
                command.application().toString().getBytes(UTF_8),
                Commands.toProtobuf(command),
                headers);
    }

    private void run() {
        while (!isClosing()) {
            try (var consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                listen(consumer);
            } catch (RuntimeException e) {
                log.warn("Outcomes can't be read just now, trying again: {}", e.toString());
                pause();
            }
        }
    }

    private void listen(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.OUTCOMES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(
                partition -> consumer.seek(partition, positions.computeIfAbsent(partition, fresh -> ends.get(fresh))));
        listening.countDown();
        while (!isClosing()) {
            restWhileNobodyWaits();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                tell(record);
                positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        }
    }

    /** Under load outcomes come all the time, most of them for others: then they are fetched in few large lots. */
    private void restWhileNobodyWaits() {
        submitted.drainPermits();
        if (waiting.isEmpty()) {
            try {
                if (submitted.tryAcquire(REST_MILLIS, TimeUnit.MILLISECONDS)) {
                    log.trace("Somebody waits now");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        var id = new CommandId(
                text(record.headers(), CommandHandling.COMMAND_SOURCE),
                text(record.headers(), CommandHandling.COMMAND_ID));
        var submission = new Submission(text(record.headers(), CommandHandling.APPLICATION), id);
        Set<Waiting> told = waiting.getOrDefault(submission, Set.of());
        if (told.isEmpty()) {
            return;
        }
        try {
            var outcome = Outcomes.read(record.value(), Form.of(record)).outcome();
            told.forEach(one -> one.outcome.complete(outcome));
        } catch (IllegalArgumentException e) {
            log.warn("{} holds no outcome: {}", CommandHandling.place(record), e.getMessage());
        }
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("Closing during a pause");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> settings(Map<String, Object> connection, TransferLimits limits) {
        var settings = new HashMap<>(connection);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "latest");
        settings.put("max.poll.records", 5_000);
        settings.put("fetch.max.bytes", limits.fetchBytes());
        settings.put("isolation.level", "read_committed");
        settings.put("reconnect.backoff.max.ms", 2_000);
        settings.put("default.api.timeout.ms", 20_000);
        return settings;
    }
}
