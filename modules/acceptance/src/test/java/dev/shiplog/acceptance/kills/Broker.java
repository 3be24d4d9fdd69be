package dev.shiplog.acceptance.kills;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** What the broker says, whenever it is asked; it may be away. */
final class Broker implements AutoCloseable {

    private static final String GROUP = "shiplog";
    private static final int PATIENCE_SECONDS = 5;

    private final Admin admin;

    Broker(String bootstrapServers) {
        admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "reconnect.backoff.max.ms",
                500,
                "default.api.timeout.ms",
                PATIENCE_SECONDS * 1_000,
                "request.timeout.ms",
                PATIENCE_SECONDS * 1_000));
    }

    /** Up to where the commands of each partition count as done. */
    Map<TopicPartition, Long> committed() throws Exception {
        var committed = new HashMap<TopicPartition, Long>();
        admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, offset) -> {
                    // A partition of which nothing was ever committed has none.
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
