package dev.shiplog.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The four topics, made if they are not there. One that is there keeps its settings and its partitions.
 */
public final class Topics {

    public static final String COMMANDS = "shiplog.commands";
    public static final String OUTCOMES = "shiplog.outcomes";
    public static final String EVENTS = "shiplog.events";
    public static final String DEAD_LETTERS = "shiplog.commands.dlt";

    /** Commands on their way in; more partitions than nodes, and no more than a small broker bears. */
    public static final int PARTITIONS = 12;

    /**
     * The broker takes a command that is larger than we take ({@link #COMMAND_MAX_BYTES}), so that it ends among the
     * dead letters with its reason and not as a stack trace at its producer.
     */
    private static final int COMMANDS_BATCH_MAX_BYTES = 4 * 1024 * 1024;

    /** The largest value of a command that is not refused. */
    public static final int COMMAND_MAX_BYTES = 1024 * 1024;

    /** Room for what a dead letter carries beside the original. */
    private static final int DEAD_LETTERS_BATCH_MAX_BYTES = COMMANDS_BATCH_MAX_BYTES + 64 * 1024;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private Topics() {}

    /** Makes what is missing; the broker's own default says how many copies are kept. */
    public static void ensure(Map<String, Object> connection) throws InterruptedException {
        Admin admin = Admin.create(connection);
        try {
            create(admin, topic(COMMANDS, Duration.ofDays(7), COMMANDS_BATCH_MAX_BYTES));
            create(admin, topic(OUTCOMES, Duration.ofDays(7), COMMANDS_BATCH_MAX_BYTES));
            create(admin, topic(EVENTS, Duration.ofDays(30), COMMANDS_BATCH_MAX_BYTES));
            create(admin, topic(DEAD_LETTERS, Duration.ofDays(30), DEAD_LETTERS_BATCH_MAX_BYTES));
            awaitVisible(admin);
        } catch (ExecutionException e) {
            throw new KafkaUnavailable("The topics can't be made: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new KafkaUnavailable("No answer within " + ANSWER_WITHIN.toSeconds() + " s.", e);
        } finally {
            // Not what is still asked of a broker that does not answer.
            admin.close(Duration.ZERO);
        }
    }

    private static NewTopic topic(String name, Duration retention, int maxBytes) {
        var settings = new HashMap<String, String>();
        settings.put("retention.ms", String.valueOf(retention.toMillis()));
        settings.put("max.message.bytes", String.valueOf(maxBytes));
        settings.put("cleanup.policy", "delete");
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty()).configs(settings);
    }

    private static void create(Admin admin, NewTopic topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.createTopics(List.of(topic)).all().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** The controller has made them a moment before the brokers know of them. */
    private static void awaitVisible(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (true) {
            try {
                admin.describeTopics(List.of(COMMANDS, OUTCOMES, EVENTS, DEAD_LETTERS))
                        .allTopicNames()
                        .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
