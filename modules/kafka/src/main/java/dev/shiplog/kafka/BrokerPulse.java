package dev.shiplog.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Whether the broker answers, asked whenever somebody wants to know. */
public final class BrokerPulse implements AutoCloseable {

    private static final int ANSWER_WITHIN_MILLIS = 2_000;

    private final Admin admin;

    private BrokerPulse(Admin admin) {
        this.admin = admin;
    }

    /** @param connection {@code bootstrap.servers} and what else is needed to reach and to trust Kafka */
    public static BrokerPulse of(Map<String, Object> connection) {
        var settings = new HashMap<>(connection);
        settings.put("reconnect.backoff.max.ms", 1_000);
        return new BrokerPulse(Admin.create(settings));
    }

    /** Why it does not answer; a sentence. */
    public Optional<String> trouble() {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_WITHIN_MILLIS))
                    .clusterId()
                    .get(ANSWER_WITHIN_MILLIS + 500, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("Kafka does not answer");
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                            ? "Kafka does not answer"
                            : "Kafka answers with an error: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while Kafka was asked");
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
