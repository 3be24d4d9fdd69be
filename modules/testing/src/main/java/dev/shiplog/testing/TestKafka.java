package dev.shiplog.testing;

import dev.shiplog.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.kafka.KafkaContainer;

/** A real broker for tests: in this JVM, or in a container with {@code -Dshiplog.test.containers=true}. */
public final class TestKafka implements AutoCloseable {

    private static final String IMAGE = "apache/kafka:4.1.0";

    private final String bootstrapServers;
    private final Runnable end;

    private TestKafka(String bootstrapServers, Runnable end) {
        this.bootstrapServers = bootstrapServers;
        this.end = end;
    }

    /** @param folder where it keeps its data, if it is in this JVM */
    public static TestKafka start(Path folder) {
        if (Containers.areAskedFor()) {
            var container =
                    Containers.started(new KafkaContainer(IMAGE).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"));
            return new TestKafka(container.getBootstrapServers(), container::stop);
        }
        var embedded = EmbeddedKafka.start(folder);
        return new TestKafka(embedded.bootstrapServers(), embedded::close);
    }

    /** One for the whole JVM; it ends with it. */
    public static TestKafka untilTheEnd() {
        try {
            var kafka = start(Files.createTempDirectory("shiplog-kafka-test-"));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        end.run();
    }
}
