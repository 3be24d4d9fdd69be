package dev.shiplog.benchmarks;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.kafka.Topics;
import dev.shiplog.protocol.Commands;
import dev.shiplog.protocol.Reading.Understood;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Produces commands straight to their topic, as any client could, and waits for their outcomes. */
final class CommandLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> outcomes;

    CommandLoad(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        outcomes = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var partitions = outcomes.partitionsFor(Topics.OUTCOMES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        outcomes.assign(partitions);
        outcomes.seekToEnd(partitions);
        partitions.forEach(outcomes::position);
    }

    /** @return seconds from the first command produced to the last outcome read */
    double submitAndAwait(List<Understood> commands) {
        Set<String> open = new HashSet<>();
        commands.forEach(command -> open.add(command.id().id()));
        long start = System.nanoTime();
        Thread.ofVirtual().start(() -> commands.forEach(this::submit));
        while (!open.isEmpty()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(open.size() + " commands have no outcome after " + PATIENCE);
            }
            for (var outcome : outcomes.poll(Duration.ofMillis(50))) {
                open.remove(new String(
                        outcome.headers().lastHeader("shiplog-command-id").value(), StandardCharsets.UTF_8));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    void submit(Understood command) {
        var record = new ProducerRecord<>(
                Topics.COMMANDS,
                command.application().toString().getBytes(StandardCharsets.UTF_8),
                Commands.toProtobuf(command));
        record.headers().add("content-type", "application/protobuf".getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(record);
    }

    static List<Understood> releases(int applications) {
        return IntStream.range(0, applications)
                .mapToObj(i -> command(name(i), release(name(i), "1.0.0")))
                .toList();
    }

    /** Each is decided and remembered, but asks nothing of a cluster once an application has been told so. */
    static List<Understood> scalesToOne(int applications, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> command(name(i % applications), new ApplicationCommand.Scale(ClusterSelection.ALL, 1)))
                .toList();
    }

    /** Each is written to all clusters; no pod comes or goes for it. */
    static List<Understood> pausesAndResumes(int applications, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> command(
                        name(i % applications),
                        (i / applications) % 2 == 0
                                ? new ApplicationCommand.Pause(ClusterSelection.ALL)
                                : new ApplicationCommand.Resume(ClusterSelection.ALL)))
                .toList();
    }

    /** Of applications of its own, so that each makes a first write. */
    static List<Understood> firstReleases(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ApplicationName.parse("default/" + prefix + "-" + i))
                .map(application -> command(application, release(application, "1.0.0")))
                .toList();
    }

    private static ApplicationName name(int i) {
        return ApplicationName.parse("default/app-" + i);
    }

    private static Understood command(ApplicationName application, ApplicationCommand command) {
        return new Understood(
                application,
                new CommandId("load", UUID.randomUUID().toString()),
                Principal.claimed("load"),
                "",
                command);
    }

    private static ApplicationCommand release(ApplicationName application, String version) {
        var labels = Json.EMPTY.with("app", Json.text(application.name()));
        var container =
                Json.EMPTY.with("name", Json.text("main")).with("image", Json.text("kelseyhightower/hello:" + version));
        var deployment = Json.EMPTY
                .with("apiVersion", Json.text("apps/v1"))
                .with("kind", Json.text("Deployment"))
                .with("metadata", Json.EMPTY.with("name", Json.text(application.name())))
                .with(
                        "spec",
                        Json.EMPTY
                                .with("replicas", Json.number(1))
                                .with("selector", Json.EMPTY.with("matchLabels", labels))
                                .with(
                                        "template",
                                        Json.EMPTY
                                                .with("metadata", Json.EMPTY.with("labels", labels))
                                                .with(
                                                        "spec",
                                                        Json.EMPTY.with(
                                                                "containers", Json.array(List.of(container))))));
        return new ApplicationCommand.Apply(
                new ReleaseSpec(
                        List.of(new KubernetesObject(deployment)),
                        ClusterSelection.ALL,
                        Strategy.AS_WRITTEN,
                        List.of(),
                        false,
                        Optional.empty()),
                "load");
    }

    @Override
    public void close() {
        producer.close();
        outcomes.close();
    }
}
