package dev.shiplog.acceptance.kills;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Commands for many applications, straight to Kafka, one after another for as long as it lasts: releases, images, scales, pauses and deletions,
 * some of them sent twice. The broker's deaths are ridden out by the producer, which sends until it is told that the
 * record is there.
 */
final class Load implements AutoCloseable {

    private static final int APPLICATIONS = 24;
    private static final Duration PACE = Duration.ofMillis(40);

    /** So many may wait for their outcome; a slow machine is not to be buried. */
    private static final int WAITING = 300;

    /** Younger than the window in which an application remembers its commands. */
    private static final int RECENT = 60;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Told told;
    private final Random chance;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final Map<TopicPartition, Map<Long, CommandId>> taken = new ConcurrentHashMap<>();
    private final Set<CommandId> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<CommandId> sent = new HashSet<>();
    private final List<Understood> recent = new ArrayList<>();
    private volatile @Nullable Exception lost;
    private int number;

    Load(String bootstrapServers, long seed) {
        chance = new Random(seed);
        told = new Told(bootstrapServers);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "delivery.timeout.ms",
                        900_000,
                        "request.timeout.ms",
                        10_000,
                        "max.block.ms",
                        300_000,
                        "reconnect.backoff.max.ms",
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A release for each application, and from then on whatever comes. */
    void start() {
        for (int application = 0; application < APPLICATIONS; application++) {
            send(command(application, release(application)));
        }
        var unused = pace.scheduleAtFixedRate(this::next, 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many commands the broker has said it has. */
    int acknowledged() {
        return acknowledged.size();
    }

    /** What became of them. */
    Told told() {
        return told;
    }

    Set<CommandId> sent() {
        return sent;
    }

    /** The commands below the offset of a partition, as far as the broker has told their places. */
    Set<CommandId> before(TopicPartition partition, long offset) {
        var ids = new HashSet<CommandId>();
        taken.getOrDefault(partition, Map.of()).forEach((at, id) -> {
            if (at < offset) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Ends with nothing paused, and with all that was sent taken by the broker. */
    void finish() throws Exception {
        stopPace();
        for (int application = 0; application < APPLICATIONS; application++) {
            send(command(application, new ApplicationCommand.Resume(ClusterSelection.ALL)));
        }
        producer.flush();
        var trouble = lost;
        if (trouble != null) {
            throw new AssertionError("the broker did not take a command", trouble);
        }
    }

    private void next() {
        if (sent.size() - told.commands().size() >= WAITING) {
            return;
        }
        int kind = chance.nextInt(100);
        if (kind < 6 && !recent.isEmpty()) {
            deliver(recent.get(chance.nextInt(recent.size())));
        } else {
            int application = chance.nextInt(APPLICATIONS);
            send(command(application, any(application, kind)));
        }
    }

    private ApplicationCommand any(int application, int kind) {
        var clusters = chance.nextInt(3) > 0
                ? ClusterSelection.ALL
                : ClusterSelection.named(Fleet.NAMES.get(chance.nextInt(Fleet.NAMES.size())));
        if (kind < 25) {
            return release(application);
        }
        if (kind < 50) {
            return new ApplicationCommand.SetImage(
                    ClusterSelection.ALL, Map.of("*", "hello:" + chance.nextInt(1_000) + ".0.0"));
        }
        if (kind < 75) {
            return new ApplicationCommand.Scale(clusters, 1 + chance.nextInt(3));
        }
        if (kind < 82) {
            return new ApplicationCommand.Pause(clusters);
        }
        if (kind < 90) {
            return new ApplicationCommand.Resume(clusters);
        }
        if (kind < 93) {
            return new ApplicationCommand.Undo(
                    ClusterSelection.ALL, new ApplicationCommand.Destination.Previous(), false);
        }
        return kind < 97 ? new ApplicationCommand.Restart(clusters) : new ApplicationCommand.Delete(clusters);
    }

    private Understood command(int application, ApplicationCommand command) {
        return new Understood(
                ApplicationName.parse("default/" + name(application)),
                new CommandId("load", String.valueOf(++number)),
                Principal.claimed("ada"),
                "load",
                command);
    }

    private void send(Understood command) {
        sent.add(command.id());
        recent.add(command);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
        deliver(command);
    }

    private void deliver(Understood command) {
        var record = new ProducerRecord<>(
                Topics.COMMANDS, command.application().toString().getBytes(UTF_8), Commands.toProtobuf(command));
        record.headers().add("content-type", "application/protobuf".getBytes(UTF_8));
        var unused = producer.send(record, (place, failure) -> placed(command.id(), place, failure));
    }

    private void placed(CommandId id, RecordMetadata place, @Nullable Exception failure) {
        if (failure != null) {
            lost = failure;
            return;
        }
        taken.computeIfAbsent(new TopicPartition(place.topic(), place.partition()), first -> new ConcurrentHashMap<>())
                .put(place.offset(), id);
        acknowledged.add(id);
    }

    private ApplicationCommand release(int application) {
        var name = name(application);
        var labels = Json.EMPTY.with("app", Json.text(name));
        var container = Json.EMPTY
                .with("name", Json.text("hello"))
                .with("image", Json.text("hello:" + chance.nextInt(1_000) + ".0.0"));
        var deployment = Json.EMPTY
                .with("apiVersion", Json.text("apps/v1"))
                .with("kind", Json.text("Deployment"))
                .with("metadata", Json.EMPTY.with("name", Json.text(name)))
                .with(
                        "spec",
                        Json.EMPTY
                                .with("replicas", Json.number(1 + chance.nextInt(3)))
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

    private static String name(int application) {
        return "load-" + application;
    }

    private void stopPace() throws InterruptedException {
        pace.shutdown();
        if (!pace.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new AssertionError("the producer is stuck");
        }
    }

    @Override
    public void close() {
        pace.shutdownNow();
        producer.close(Duration.ofSeconds(2));
        told.close();
    }
}
