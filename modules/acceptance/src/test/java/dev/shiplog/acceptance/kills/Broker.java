package dev.shiplog.acceptance.kills;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** What the broker says. */
record Broker(String bootstrapServers) {

    private static final String GROUP = "shiplog";

    /** Up to where the commands of each partition count as done. */
    Map<TopicPartition, Long> committed() throws Exception {
        try (var admin = Admin.create(connection())) {
            var committed = new HashMap<TopicPartition, Long>();
            admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get(30, TimeUnit.SECONDS)
                    .forEach((partition, offset) -> committed.put(partition, offset.offset()));
            return committed;
        }
    }

    private Map<String, Object> connection() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }
}
