package dev.shiplog.server;

import dev.shiplog.embedded.StartFailure;
import dev.shiplog.journal.Journal;
import dev.shiplog.journal.JournalUnavailable;
import dev.shiplog.kafka.KafkaUnavailable;
import dev.shiplog.kafka.Topics;
import dev.shiplog.server.config.ServerConfig;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** The database and the broker at a start: where one of them does not do, people are told which, where, and what to do. */
final class Backends {

    private Backends() {}

    static Journal journal(ServerConfig config) {
        try {
            return Journal.open(config.postgres(), config.limits().journal());
        } catch (JournalUnavailable e) {
            throw new StartFailure(
                    "PostgreSQL at " + shown(config.postgres()) + ": " + e.getMessage(),
                    "See whether it runs there, and whether the address, the user and the password are right: postgres.url in the"
                            + " configuration, or SHIPLOG_POSTGRES_URL. The user must be allowed to create schemas.",
                    e);
        }
    }

    static void topics(ServerConfig config) throws InterruptedException {
        try {
            Topics.ensure(Map.copyOf(config.kafka()));
        } catch (KafkaUnavailable | KafkaException e) {
            var reason = e.getCause() == null || e instanceof KafkaUnavailable ? e : e.getCause();
            throw new StartFailure(
                    "Kafka at " + config.kafka().get("bootstrap.servers") + ": " + reason.getMessage(),
                    "See whether it runs there, and whether kafka.bootstrap-servers (or SHIPLOG_KAFKA_BOOTSTRAP_SERVERS) and"
                            + " kafka.properties in the configuration are right.",
                    e);
        }
    }

    /** A JDBC URL without what follows it, where the password is. */
    static String shown(String jdbcUrl) {
        return jdbcUrl.replaceFirst("[?].*", "").replaceFirst("//[^/@]*@", "//");
    }
}
