package dev.shiplog.server.local;

import dev.shiplog.embedded.DataFolder;
import dev.shiplog.embedded.EmbeddedKafka;
import dev.shiplog.embedded.EmbeddedPostgres;
import dev.shiplog.embedded.Endpoints;
import dev.shiplog.server.EventLoops;
import dev.shiplog.server.Orchestrator;
import dev.shiplog.server.Parts;
import dev.shiplog.server.Ports;
import dev.shiplog.server.config.Limits;
import dev.shiplog.server.config.ServerConfig;
import dev.shiplog.server.fleet.FleetFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Everything on one machine, under one folder: the broker, the database and the local clusters start side by side, then
 * the orchestrator on top of them, the same that {@code serve} starts.
 */
public final class LocalInstallation implements AutoCloseable {

    private final Parts parts;
    private final Path data;
    private final Endpoints endpoints;
    private final LocalClusters clusters;

    private LocalInstallation(Parts parts, Path data, Endpoints endpoints, LocalClusters clusters) {
        this.parts = parts;
        this.data = data;
        this.endpoints = endpoints;
        this.clusters = clusters;
    }

    /** @param progress is told a line whenever something is there */
    public static LocalInstallation start(Path data, Path clustersFolder, int port, Consumer<String> progress) {
        var definitions = FleetFolder.read(clustersFolder);
        Ports.ensureFree("127.0.0.1", port);
        var parts = new Parts();
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            var folder = parts.keep(DataFolder.take(data));
            var vertx = EventLoops.start();
            parts.keep(() -> vertx.close().await());
            progress.accept("Starting Kafka, PostgreSQL and " + definitions.size() + " clusters …");
            var kafka = CompletableFuture.supplyAsync(() -> parts.keep(EmbeddedKafka.start(folder.kafka())), starters);
            var postgres = CompletableFuture.supplyAsync(
                    () -> parts.keep(EmbeddedPostgres.start(folder.postgres())), starters);
            var clusters = CompletableFuture.supplyAsync(
                    () -> parts.keep(LocalClusters.start(vertx, folder.clusters(), definitions)), starters);
            CompletableFuture.allOf(kafka, postgres, clusters).join();
            progress.accept("Starting the orchestrator …");
            var orchestrator = parts.keep(Orchestrator.start(
                    new ServerConfig(
                            "127.0.0.1",
                            port,
                            Map.of("bootstrap.servers", kafka.join().bootstrapServers()),
                            postgres.join().jdbcUrl(),
                            folder.path().resolve("keys").resolve("sealing.json"),
                            Limits.usual()),
                    clusters.join().reachable(definitions),
                    line -> {}));
            var endpoints = new Endpoints(
                    orchestrator.api(),
                    kafka.join().bootstrapServers(),
                    postgres.join().jdbcUrl(),
                    clusters.join().endpoints());
            folder.publish(endpoints);
            return new LocalInstallation(parts, folder.path(), endpoints, clusters.join());
        } catch (CompletionException e) {
            parts.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** The folder that everything is kept under. */
    public Path data() {
        return data;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public LocalClusters clusters() {
        return clusters;
    }

    @Override
    public void close() {
        parts.close();
    }
}
