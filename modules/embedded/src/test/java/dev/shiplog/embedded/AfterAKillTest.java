package dev.shiplog.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.contentOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a kill -9 of the whole JVM leaves behind is taken up again by the next start. */
class AfterAKillTest {

    private static final TopicPartition NOTES = new TopicPartition("notes", 0);

    @TempDir
    Path folder;

    @Test
    void everythingWrittenIsThereAgainAndThePortsAreTheSame() throws Exception {
        Process holder = startHolder();
        Endpoints before;
        try {
            before = awaitEndpoints(holder);
            writeRow(before, "kept");
            writeRecord(before, "kept");
            assertThatThrownBy(() -> DataFolder.take(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use by process " + holder.pid())
                    .hasMessageContaining("http://127.0.0.1:7070");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(postmasterPid()).as("the orphan").isPresent();
        long orphan = postmasterPid().orElseThrow();

        try (DataFolder taken = DataFolder.take(folder);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(taken.postgres());
                EmbeddedKafka kafka = EmbeddedKafka.start(taken.kafka())) {
            assertThat(folder.resolve("endpoints.json"))
                    .as("that of the killed one")
                    .doesNotExist();
            assertThat(postmasterPid())
                    .hasValueSatisfying(pid -> assertThat(pid).isNotEqualTo(orphan));
            assertThat(postgres.jdbcUrl()).isEqualTo(before.postgres());
            assertThat(kafka.bootstrapServers()).isEqualTo(before.kafka());
            assertThat(rows(postgres.jdbcUrl())).isEqualTo("kept");
            assertThat(firstRecord(kafka.bootstrapServers())).isEqualTo("kept");
        }
        assertThat(postmasterPid()).as("a clean stop leaves nobody").isEmpty();
    }

    private Process startHolder() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("holder.log").toFile())
                .start();
    }

    private Endpoints awaitEndpoints(Process holder) throws IOException {
        Path file = folder.resolve("endpoints.json");
        Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (!Files.exists(file)) {
            assertThat(holder.isAlive())
                    .as(() -> "the holder lives: "
                            + contentOf(folder.resolve("holder.log").toFile()))
                    .isTrue();
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return JsonMapper.builder().build().readValue(Files.readString(file), Endpoints.class);
    }

    private Optional<Long> postmasterPid() throws IOException {
        Path pidFile = folder.resolve("postgres/data/postmaster.pid");
        return Files.exists(pidFile)
                ? Optional.of(Long.parseLong(
                        Files.readAllLines(pidFile, StandardCharsets.UTF_8).getFirst()))
                : Optional.empty();
    }

    private static void writeRow(Endpoints endpoints, String note) throws SQLException {
        try (Connection connection = DriverManager.getConnection(endpoints.postgres());
                var statement = connection.createStatement()) {
            statement.execute("create table notes (note text)");
            statement.execute("insert into notes values ('" + note + "')");
        }
    }

    private static String rows(String jdbcUrl) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                var statement = connection.createStatement();
                var result = statement.executeQuery("select string_agg(note, ',') from notes")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void writeRecord(Endpoints endpoints, String note) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", endpoints.kafka());
        try (Admin admin = Admin.create(settings);
                var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(NOTES.topic(), 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(NOTES.topic(), "key", note)).get();
        }
    }

    private static String firstRecord(String bootstrapServers) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(NOTES));
            consumer.seekToBeginning(List.of(NOTES));
            return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
        }
    }
}
