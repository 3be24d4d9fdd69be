package dev.shiplog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Outcome;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Much more in Kafka than a reader may fetch ahead, told by the consumer's own measure. */
class FetchTest {

    private static final int COMMANDS = 400;
    private static final int PADDING = 20_000;
    private static final int FETCH_BYTES = 100_000;

    @Test
    void noMoreIsFetchedAtOnceThanMayBe() throws Exception {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        // What is fetched is bounded as it lies in Kafka, compressed; this is not to be compressed.
        var chance = new Random(1);
        for (int n = 0; n < COMMANDS; n++) {
            byte[] padding = new byte[PADDING];
            chance.nextBytes(padding);
            var record = Samples.protobuf(Samples.scale("fetch/a" + n, "f" + n, 1));
            record.headers().add("padding", padding);
            records.add(record);
        }
        try (var before = start(TransferLimits.USUAL)) {
            Broker.await("the ones before are read to their end", () -> Broker.uncommitted() == 0);
            assertThat(before.open()).isZero();
        }
        Broker.send(records);
        try (var intake = start(new TransferLimits(FETCH_BYTES, TransferLimits.RECORD_MAX_BYTES))) {
            Broker.await("everything is committed", () -> Broker.uncommitted() == 0);
            assertThat(largestFetch()).isBetween(1.0, 2.0 * FETCH_BYTES);
            assertThat(intake.open()).isZero();
        }
    }

    private static CommandIntake start(TransferLimits transfers) {
        return CommandIntake.start(
                Broker.connection(),
                "test",
                command -> CompletableFuture.completedFuture(new Outcome.Accepted(1, "")),
                IntakeLimits.USUAL.withDrainMillis(300),
                transfers);
    }

    private static double largestFetch() throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var names = server.queryNames(
                new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=consumer-shiplog-*"),
                null);
        assertThat(names).hasSize(1);
        return (double) server.getAttribute(names.iterator().next(), "fetch-size-max");
    }
}
