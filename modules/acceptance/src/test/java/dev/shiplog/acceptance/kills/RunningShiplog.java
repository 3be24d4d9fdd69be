package dev.shiplog.acceptance.kills;

import dev.shiplog.acceptance.running.ShiplogJvm;
import dev.shiplog.acceptance.running.Typed;
import dev.shiplog.embedded.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** {@code shiplog up} in a JVM of its own, to be killed and to be started again on the same folder. */
final class RunningShiplog implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path data;
    private final ShiplogJvm jvm;
    private final Endpoints endpoints;

    private RunningShiplog(Path data, ShiplogJvm jvm, Endpoints endpoints) {
        this.data = data;
        this.jvm = jvm;
        this.endpoints = endpoints;
    }

    /** Returns when it is up. What it logs goes to a file beside the data. */
    static RunningShiplog start(Path data, Path clusters) throws IOException {
        var file = data.resolve("endpoints.json");
        // That of one that was killed; the next one would remove it, but only once it runs.
        Files.deleteIfExists(file);
        var jvm = ShiplogJvm.start(
                data.resolveSibling(data.getFileName() + ".log"),
                Map.of(),
                List.of("up", "--data", data.toString(), "--port", "0", "--clusters", clusters.toString()));
        jvm.awaitUp(() -> Files.exists(file));
        return new RunningShiplog(data, jvm, JSON.readValue(Files.readString(file), Endpoints.class));
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Runs one command line against it, with the command line's own code. */
    Typed.Said run(String line) {
        return new Typed(endpoints.api()).run(line);
    }

    /** As {@link #run}, for what must succeed; returns what it said. */
    String must(String line) {
        try {
            return new Typed(endpoints.api()).must(line);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + log(), e);
        }
    }

    /** The server process of its database. */
    ProcessHandle postmaster() throws IOException {
        var pid =
                Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    /** Ends the JVM at once, as {@code kill -9} does; its database is left an orphan. */
    void kill() throws InterruptedException {
        jvm.kill();
    }

    boolean isAlive() {
        return jvm.isAlive();
    }

    /** Stands still for so long, as a machine without processor time does. */
    void standStill(Duration howLong) throws Exception {
        Signal.STOP.to(jvm.handle());
        var over = CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(howLong.toMillis(), TimeUnit.MILLISECONDS));
        try {
            over.get();
        } finally {
            Signal.CONT.to(jvm.handle());
        }
    }

    /** The last lines of its log, for the message of a failure. */
    String log() {
        return "\n" + jvm.lastLines();
    }

    /** Ends it in order; what it leaves running otherwise would outlive the test. */
    @Override
    public void close() throws IOException {
        try {
            Signal.CONT.to(jvm.handle());
            if (!jvm.stop()) {
                var database = postmaster();
                kill();
                Signal.QUIT.to(database);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
