package dev.shiplog.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records in: one after the other within a key, side by side over keys, each one as often as it needs until it is
 * done. An offset is committed when it and all before it are done, so that a crash repeats some records and loses none.
 *
 * <p>When as many are open as may be, the partitions rest until half of them are done; and one partition rests while so
 * many of its records are begun and not committed that a crash would repeat more than it may. The consumer goes on
 * polling, and so stays in its group. Whatever Kafka throws leads to a new consumer after a pause.
 */
final class OrderedIntake implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OrderedIntake.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration POLL_WHILE_RESTING = Duration.ofMillis(5);
    private static final long COMMIT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final String topic;
    private final Map<String, Object> settings;
    private final IntakeLimits limits;
    private final Function<ConsumerRecord<byte[], byte[]>, CompletionStage<Void>> handling;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Lanes lanes = new Lanes(workers);
    private final Map<TopicPartition, Progress> progress = new ConcurrentHashMap<>();
    private final AtomicInteger openRecords = new AtomicInteger();
    private final AtomicLong openBytes = new AtomicLong();
    private final Map<String, String> delayed = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    /** On the intake's thread only, which calls back too. */
    private boolean committing;

    private volatile Optional<String> trouble = Optional.empty();

    OrderedIntake(
            String topic,
            Map<String, Object> settings,
            IntakeLimits limits,
            Function<ConsumerRecord<byte[], byte[]>, CompletionStage<Void>> handling) {
        this.topic = topic;
        this.settings = Map.copyOf(settings);
        this.limits = limits;
        this.handling = handling;
        this.thread = Thread.ofPlatform().name("intake-" + topic).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    int openRecords() {
        return openRecords.get();
    }

    /** Why nothing is taken in, or a record is not done although it was tried for long; a sentence. */
    Optional<String> trouble() {
        return trouble.map(reason -> "commands can't be taken from " + topic + ": " + reason)
                .or(() -> delayed.entrySet().stream()
                        .findFirst()
                        .map(record -> record.getKey() + " is tried again and again: " + record.getValue()));
    }

    /** Takes nothing more in, gives what is open some time to end, and commits what has ended. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(limits.drain().plusSeconds(10));
            workers.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (!isClosing()) {
            try (var consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(topic), new OnRebalance(consumer));
                long took = take(consumer);
                pauseMillis = took > 0 ? FIRST_PAUSE_MILLIS : pauseMillis;
            } catch (WakeupException e) {
                log.debug("Woken to end");
            } catch (RuntimeException e) {
                trouble = Optional.of(e.toString());
                log.warn("Commands can't be taken from {} just now, trying again: {}", topic, e.toString());
                pause(pauseMillis);
                pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
            }
        }
    }

    private long take(KafkaConsumer<byte[], byte[]> consumer) {
        long took = 0;
        long lastCommit = System.nanoTime();
        boolean allRest = false;
        boolean someRest = false;
        committing = false;
        boolean hasJoined = false;
        while (!isClosing()) {
            if (!hasJoined && !consumer.assignment().isEmpty()) {
                hasJoined = true;
                // Who comes back under its name within the session gets what it had: partitions that were added
                // meanwhile
                // would be nobody's, for ever.
                consumer.enforceRebalance("partitions may have been added");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(someRest ? POLL_WHILE_RESTING : POLL)) {
                begin(record);
                took++;
            }
            trouble = Optional.empty();
            allRest = isFull(allRest);
            someRest = rest(consumer, allRest);
            if (someRest || System.nanoTime() - lastCommit >= COMMIT_EVERY_NANOS) {
                commit(consumer);
                lastCommit = System.nanoTime();
            }
        }
        drain();
        commitNow(consumer, progress.keySet());
        return took;
    }

    private void begin(ConsumerRecord<byte[], byte[]> record) {
        Progress partition = progress.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), fresh -> new Progress());
        long bytes = bytes(record);
        partition.begin(record.offset());
        openRecords.incrementAndGet();
        openBytes.addAndGet(bytes);
        var unused = lanes.enter(record.key(), () -> untilDone(record, FIRST_PAUSE_MILLIS))
                .whenComplete((done, closed) -> {
                    openRecords.decrementAndGet();
                    openBytes.addAndGet(-bytes);
                    delayed.remove(CommandHandling.place(record));
                    if (closed == null) {
                        partition.done(record.offset());
                    }
                });
    }

    /** Fails only when we close: then it will be handed out again. */
    private CompletableFuture<Void> untilDone(ConsumerRecord<byte[], byte[]> record, long pauseMillis) {
        return attempt(record).exceptionallyCompose(failure -> {
            if (isClosing()) {
                return CompletableFuture.failedFuture(failure);
            }
            log.warn("{} is not done yet, trying again: {}", CommandHandling.place(record), failure.toString());
            if (pauseMillis >= LONGEST_PAUSE_MILLIS) {
                delayed.put(CommandHandling.place(record), failure.toString());
            }
            return after(pauseMillis)
                    .thenComposeAsync(
                            elapsed -> untilDone(record, Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2)), workers);
        });
    }

    private static CompletableFuture<Void> after(long millis) {
        return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private CompletableFuture<Void> attempt(ConsumerRecord<byte[], byte[]> record) {
        try {
            return handling.apply(record).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Once full, it stays so until half of it is done. */
    private boolean isFull(boolean wasFull) {
        int share = wasFull ? 2 : 1;
        long records = openRecords.get();
        long bytes = openBytes.get();
        return records > 0 && (records >= limits.records() / share || bytes >= limits.bytes() / share);
    }

    /** Lets those partitions rest that may not go on now, and only those; whether there are any. */
    private boolean rest(KafkaConsumer<?, ?> consumer, boolean all) {
        var resting = new HashSet<TopicPartition>();
        for (TopicPartition partition : consumer.assignment()) {
            Progress begun = progress.get(partition);
            boolean mayRepeatTooMuch = begun != null && begun.repeatable() + limits.pollRecords() > limits.repeated();
            if (all || mayRepeatTooMuch) {
                resting.add(partition);
            }
        }
        var goingOn = new HashSet<>(consumer.paused());
        goingOn.removeAll(resting);
        consumer.resume(goingOn);
        consumer.pause(resting);
        return !resting.isEmpty();
    }

    private void commit(KafkaConsumer<?, ?> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = committing ? Map.of() : toCommit(progress.keySet());
        if (!offsets.isEmpty()) {
            committing = true;
            consumer.commitAsync(offsets, (committed, failure) -> {
                committing = false;
                if (failure == null) {
                    markCommitted(committed);
                } else {
                    log.debug("Offsets will be committed later: {}", failure.toString());
                }
            });
        }
    }

    private void commitNow(KafkaConsumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = toCommit(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, Duration.ofSeconds(5));
            markCommitted(offsets);
        } catch (RuntimeException e) {
            log.warn("What was done last will be handed out again and recognised; not committed: {}", e.toString());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> toCommit(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (TopicPartition partition : partitions) {
            Progress done = progress.get(partition);
            long offset = done == null ? -1 : done.toCommit();
            if (offset >= 0) {
                offsets.put(partition, new OffsetAndMetadata(offset));
            }
        }
        return offsets;
    }

    private void markCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Progress done = progress.get(partition);
            if (done != null) {
                done.committed(offset.offset());
            }
        });
    }

    private void drain() {
        try {
            lanes.whenEmpty().get(limits.drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.info("{} commands were still open; they will be handed out again", openRecords.get());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause(long millis) {
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                log.debug("Closing during a pause");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    /** A partition that goes to another node starts there behind what was done here. */
    private final class OnRebalance implements ConsumerRebalanceListener {

        private final KafkaConsumer<?, ?> consumer;

        OnRebalance(KafkaConsumer<?, ?> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commitNow(consumer, partitions);
            partitions.forEach(progress::remove);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(progress::remove);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> progress.put(partition, new Progress()));
            log.debug("Taking {}", partitions);
        }
    }
}
