package dev.shiplog.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Kafka, broker and controller in one, in this JVM, on loopback only.
 *
 * <p>What is written survives the process, a kill included: it is with the operating system once it is acknowledged,
 * and the next start on the same folder recovers the logs.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** The largest record batch the broker takes; larger than any command may be, so that ours is the limit met first. */
    public static final int MESSAGE_MAX_BYTES = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private EmbeddedKafka(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts on what the folder holds, or afresh when it is empty; returns when the broker serves. */
    public static EmbeddedKafka start(Path folder) {
        try {
            long began = System.nanoTime();
            Files.createDirectories(folder);
            Path logs = folder.resolve("logs");
            int port = StablePort.keptIn(folder.resolve("port"));
            int controllerPort = StablePort.keptIn(folder.resolve("controller-port"));
            format(logs);
            var server = new KafkaRaftServer(
                    KafkaConfig.fromProps(configuration(logs, port, controllerPort), false), Time.SYSTEM);
            server.startup();
            log.debug("Kafka serves on port {} after {} ms", port, (System.nanoTime() - began) / 1_000_000);
            return new EmbeddedKafka(server, "127.0.0.1:" + port);
        } catch (Exception e) {
            throw new StartFailure(
                    "Kafka can't start on " + folder + ": " + e.getMessage(),
                    "Look into the log for lines of kafka.server; the folder needs room on the disk and must be writable. "
                            + "If its contents are damaged, move it away and start again: releases and their history are "
                            + "in PostgreSQL, only commands that were not yet taken in are lost.",
                    e);
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        log.debug("Kafka at {} has stopped", bootstrapServers);
    }

    /** A folder is formatted once; it then carries its cluster id for ever. */
    private static void format(Path logs) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(logs);
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(logs.toString())
                .addDirectory(logs.toString())
                .setIgnoreFormatted(true)
                .run();
    }

    private static Properties configuration(Path logs, int port, int controllerPort) throws IOException {
        var p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", String.valueOf(NODE_ID));
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.put("inter.broker.listener.name", "PLAINTEXT");
        p.put("controller.listener.names", "CONTROLLER");
        p.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        p.put("log.dirs", logs.toString());

        // Topics are made on purpose, with their sizes; a mistyped name is an error, not a new topic.
        p.put("auto.create.topics.enable", "false");
        p.put("message.max.bytes", String.valueOf(MESSAGE_MAX_BYTES));

        // One broker: one copy, and few partitions of what Kafka keeps for itself.
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.put(topic + ".replication.factor", "1");
            p.put(topic + ".num.partitions", "4");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");

        // Nobody else joins our group a moment later, so don't wait for them.
        p.put("group.initial.rebalance.delay.ms", "0");

        // After a kill the controller waits for the dead broker's session to run out before it takes the new one.
        p.put("broker.session.timeout.ms", "3000");
        p.put("broker.heartbeat.interval.ms", "500");

        // A small machine: little memory, few threads, small files.
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "2");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 * 1024 * 1024));
        p.put("log.cleaner.io.buffer.size", String.valueOf(256 * 1024));
        p.put("log.segment.bytes", String.valueOf(64 * 1024 * 1024));
        p.put("log.index.size.max.bytes", String.valueOf(1024 * 1024));
        return p;
    }
}
