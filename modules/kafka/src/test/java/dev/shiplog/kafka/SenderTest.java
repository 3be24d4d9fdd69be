package dev.shiplog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** A producer that is held up and sends nothing, and more to send than may be under way. */
class SenderTest {

    private static final String TOPIC = "held-up";
    private static final int RECORD_BYTES = 900_000;
    private static final int RECORDS = 20;
    private static final TransferLimits LIMITS = new TransferLimits(1, TransferLimits.RECORD_MAX_BYTES);
    private static final int ROOM = TransferLimits.RECORD_MAX_BYTES / RECORD_BYTES;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @Test
    void whoHasMoreToSendThanMayBeUnderWayWaitsAndAllOfItArrives() throws Exception {
        Queue<CompletableFuture<Void>> sent = new ConcurrentLinkedQueue<>();
        try (Admin admin = Admin.create(Broker.connection());
                var sender = new Sender(Broker.connection(), LIMITS)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            hold(sender);
            byte[] bytes = new byte[RECORD_BYTES];
            new Random(1).nextBytes(bytes);
            var sending = Thread.ofPlatform().start(() -> {
                for (int n = 0; n < RECORDS; n++) {
                    sent.add(sender.send(record(bytes)));
                }
            });
            Broker.await(
                    "it waits for room",
                    () -> !sending.isAlive() || (!sent.isEmpty() && sending.getState() == Thread.State.TIMED_WAITING));
            assertThat(sent).hasSizeLessThanOrEqualTo(ROOM).noneMatch(CompletableFuture::isDone);
            assertThat(sending.isAlive()).isTrue();

            goesOn.countDown();
            assertThat(sending.join(Duration.ofSeconds(30))).isTrue();
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            assertThat(sent).hasSize(RECORDS);
        } finally {
            goesOn.countDown();
        }
    }

    /** The producer tells of what was sent on the thread that sends: who does not come back from there holds it up. */
    private void hold(Sender sender) throws Exception {
        do {
            var unused = sender.send(record(new byte[1])).thenRun(() -> {
                if (Thread.currentThread().getName().startsWith("kafka-producer-network-thread")) {
                    held.countDown();
                    awaitQuietly(goesOn);
                }
            });
        } while (!held.await(1, TimeUnit.SECONDS));
    }

    private static ProducerRecord<byte[], byte[]> record(byte[] bytes) {
        return new ProducerRecord<>(TOPIC, 0, null, bytes);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
