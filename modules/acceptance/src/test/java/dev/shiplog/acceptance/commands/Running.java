package dev.shiplog.acceptance.commands;

import com.typesafe.config.ConfigFactory;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.engine.Engine;
import dev.shiplog.engine.Timings;
import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.stream.Backoff;
import dev.shiplog.journal.Journal;
import dev.shiplog.journal.JournalSetup;
import dev.shiplog.journal.ProtobufEventCodec;
import dev.shiplog.kafka.CommandIntake;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kafka.Topics;
import dev.shiplog.kafka.TransferLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** The orchestrator on a cluster that takes whatever it is given. */
final class Running implements AutoCloseable {

    private static final Timings TIMINGS = new Timings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)));

    final Journal journal;
    private final Engine engine;
    private final CommandIntake intake;

    Running(Map<String, Object> connection, String jdbcUrl, IntakeLimits limits) {
        journal = Journal.open(jdbcUrl);
        engine = Engine.start(
                JournalSetup.of(journal, ConfigFactory.load()),
                Clock.systemUTC(),
                TIMINGS,
                ActorLimits.USUAL,
                Fleet.of(List.of(new Cluster("eu", Map.of()))),
                (cluster, sightings) -> new Agreeable(),
                (cluster, sighting) -> {},
                ProtobufEventCodec.ofApplications(),
                ProtobufEventCodec.ofRollouts());
        intake = CommandIntake.start(connection, "node", engine, limits, TransferLimits.USUAL);
    }

    /** Commands taken in and not done. */
    int open() {
        return intake.open();
    }

    void awaitAllCommitted(Map<String, Object> connection) throws Exception {
        try (var admin = Admin.create(connection);
                var ends = new TopicCount(connection, Topics.COMMANDS)) {
            Deadline.await("every offset is committed", () -> {
                long committed = 0;
                for (var offset : admin.listConsumerGroupOffsets("shiplog")
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .values()) {
                    committed += offset == null ? 0 : offset.offset();
                }
                return committed == ends.count();
            });
        }
    }

    @Override
    public void close() {
        intake.close();
        engine.close();
        journal.close();
    }

    private static final class Agreeable implements ClusterGateway {

        @Override
        public void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer) {
            answer.accept(new RolloutCommand.ConfirmApplied(task.assignment().generation(), task.leg()));
        }

        @Override
        public void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer) {
            answer.accept(new RolloutCommand.ConfirmDeleted(task.generation(), task.objects()));
        }

        @Override
        public void look(RolloutTask.Watch task) {}

        @Override
        public void close() {}
    }
}
