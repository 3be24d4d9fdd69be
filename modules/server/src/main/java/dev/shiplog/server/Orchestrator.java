package dev.shiplog.server;

import com.typesafe.config.ConfigFactory;
import dev.shiplog.api.Api;
import dev.shiplog.api.Sources;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.embedded.StartFailure;
import dev.shiplog.engine.Engine;
import dev.shiplog.engine.Timings;
import dev.shiplog.journal.JournalSetup;
import dev.shiplog.journal.ProtobufEventCodec;
import dev.shiplog.kafka.BrokerPulse;
import dev.shiplog.kafka.CommandClient;
import dev.shiplog.kafka.CommandIntake;
import dev.shiplog.kubernetes.Fabric8ClusterGateways;
import dev.shiplog.protocol.sealing.SealingKeys;
import dev.shiplog.server.config.ServerConfig;
import dev.shiplog.server.fleet.ClusterDefinition;
import dev.shiplog.server.fleet.FleetFolder;
import dev.shiplog.server.health.Health;
import dev.shiplog.server.health.Progress;
import dev.shiplog.views.history.Projector;
import dev.shiplog.views.live.Arrivals;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.live.Reach;
import dev.shiplog.views.postgres.PostgresReadModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One node of Shiplog, running against a Kafka, a PostgreSQL and clusters, wherever those are. From the bottom up: the
 * journal, the read model folded from it, the actors over gateways to the clusters, commands from Kafka, the API. What was
 * under way when the last one stopped is asked for again before the first new command is taken in.
 */
public final class Orchestrator implements AutoCloseable {

    private static final String NODE = "shiplog-1";
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(3);
    private static final Duration FIRST_CONTACT_LOOK = Duration.ofMillis(20);

    private final Parts parts;
    private final String api;

    private Orchestrator(Parts parts, String api) {
        this.parts = parts;
        this.api = api;
    }

    /**
     * Returns when commands are taken in and the API answers, and each cluster has been heard of, or has had a moment to
     * be: some may still be out of reach.
     *
     * @param progress is told a line before whatever may take its time
     */
    public static Orchestrator start(
            ServerConfig config, List<ClusterDefinition> definitions, Consumer<String> progress) {
        var parts = new Parts();
        try {
            return new Orchestrator(parts, start(config, definitions, parts, progress));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            parts.close();
            throw new StartFailure("Interrupted while starting.", "Start again.", e);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static String start(
            ServerConfig config, List<ClusterDefinition> definitions, Parts parts, Consumer<String> progress)
            throws InterruptedException {
        Ports.ensureFree(config.host(), config.port());
        var clock = Clock.systemUTC();
        var limits = config.limits();
        Fleet fleet = FleetFolder.fleet(definitions);
        Map<String, Object> kafka = Map.copyOf(config.kafka());
        var vertx = EventLoops.start();
        parts.keep(() -> vertx.close().await());

        progress.accept("Opening the journal in PostgreSQL at " + Backends.shown(config.postgres()) + " …");
        var journal = parts.keep(Backends.journal(config));
        progress.accept("Reaching Kafka at " + config.kafka().get("bootstrap.servers") + " …");
        Backends.topics(config);
        // Only now that all is known to be right: a key file is nothing to leave behind by a mistyped start.
        var keys = SealingKeys.at(config.keys());
        var changes = new Changes();
        var arrivals = new Arrivals();
        var sight = new ClusterSight(changes, clock);
        var projector = Projector.open(journal.database(), changes, arrivals, sight);
        var behind = CatchingUp.of(journal, projector);
        var views = new Progress("the read model", batch -> projector.project(CatchingUp.feed(batch)), clock);
        parts.keep(journal.feed().follow("views", projector.lastOffset(), views));
        var readModel = new PostgresReadModel(journal.database(), sight, arrivals, () -> fleet);

        var gateways = parts.keep(new Fabric8ClusterGateways(
                new Connections(definitions, limits.gateway().requests())::of,
                new SealedSecrets(keys.unsealer())::open,
                vertx,
                limits.gateway()));
        var engine = parts.keep(Engine.start(
                JournalSetup.of(journal, ConfigFactory.load("shiplog-actors")),
                clock,
                Timings.DEFAULT,
                limits.actors(),
                fleet,
                gateways,
                new SightBoard(sight),
                ProtobufEventCodec.ofApplications(),
                ProtobufEventCodec.ofRollouts()));
        engine.wake(readModel.unfinished());
        engine.wake(behind);

        var intake = parts.keep(CommandIntake.start(kafka, NODE, engine, limits.intake(), limits.transfers()));
        var announcements = parts.keep(Announcements.start(journal, kafka, limits.transfers(), clock));
        var broker = parts.keep(BrokerPulse.of(kafka));
        var health = new Health(List.of(
                Health.of(journal.database()),
                broker::trouble,
                intake::trouble,
                views::standstill,
                announcements::standstill));
        var client = parts.keep(CommandClient.start(kafka, limits.api().submissions(), limits.transfers()));
        var api = parts.keep(Api.start(
                config.host(),
                config.port(),
                new Sources(
                        readModel,
                        changes,
                        client::submit,
                        keys::view,
                        Orchestrator::releaseSchema,
                        health,
                        views::standstill),
                limits.api()));
        var until = System.nanoTime() + FIRST_CONTACT.toNanos();
        while (fleet.clusters().keySet().stream().anyMatch(name -> sight.reach(name) instanceof Reach.Connecting)
                && System.nanoTime() < until) {
            LockSupport.parkNanos(FIRST_CONTACT_LOOK.toNanos());
        }
        return "http://" + config.host() + ":" + api.port();
    }

    private static String releaseSchema() {
        try (var schema = Sources.class.getResourceAsStream("/dev/shiplog/protocol/release.schema.json")) {
            if (schema == null) {
                throw new IllegalStateException("release.schema.json is not on the class path");
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base URL of the API. */
    public String api() {
        return api;
    }

    @Override
    public void close() {
        parts.close();
    }
}
