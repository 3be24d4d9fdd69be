package dev.shiplog.kafka;

import dev.shiplog.engine.ingest.CommandDesk;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes commands from Kafka to their applications for as long as it is open.
 *
 * <p>A record's offset is committed only when its outcome, or its dead letter, is on its topic, and an outcome is sent
 * only when it is in the journal. Kafka or the database being away only delays; whatever is repeated then is recognised
 * by the application, which answers as it did before.
 */
public final class CommandIntake implements AutoCloseable {

    private static final String GROUP = "shiplog";

    private final Sender sender;
    private final OrderedIntake intake;

    private CommandIntake(Sender sender, OrderedIntake intake) {
        this.sender = sender;
        this.intake = intake;
    }

    /**
     * @param connection {@code bootstrap.servers} and what else is needed to reach and to trust Kafka
     * @param node this node's own name, the same over restarts: it takes up its partitions at once, also after a kill
     */
    public static CommandIntake start(
            Map<String, Object> connection,
            String node,
            CommandDesk desk,
            IntakeLimits limits,
            TransferLimits transfers) {
        var sender = new Sender(connection, transfers);
        var handling = new CommandHandling(new CommandReader(Topics.COMMAND_MAX_BYTES), desk, sender);
        var intake = new OrderedIntake(
                Topics.COMMANDS, settings(connection, node, limits, transfers), limits, handling::handle);
        intake.start();
        return new CommandIntake(sender, intake);
    }

    /** Commands taken in whose outcome is not there yet. */
    public int open() {
        return intake.openRecords();
    }

    /** Why commands are not taken in as they should be; a sentence. */
    public Optional<String> trouble() {
        return intake.trouble();
    }

    @Override
    public void close() {
        intake.close();
        sender.close();
    }

    private static Map<String, Object> settings(
            Map<String, Object> connection, String node, IntakeLimits limits, TransferLimits transfers) {
        var settings = new HashMap<>(connection);
        settings.put("group.id", GROUP);
        // The classic protocol lets a member with a name take over from itself; the newer one makes it wait until the
        // session of its former life has run out.
        settings.put("group.protocol", "classic");
        settings.put("group.instance.id", node);
        settings.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        settings.put("session.timeout.ms", 10_000);
        settings.put("heartbeat.interval.ms", 2_000);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("max.poll.records", limits.pollRecords());
        settings.put("fetch.max.bytes", transfers.fetchBytes());
        settings.put("reconnect.backoff.max.ms", 2_000);
        return settings;
    }
}
