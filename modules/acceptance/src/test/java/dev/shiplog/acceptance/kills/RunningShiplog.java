package dev.shiplog.acceptance.kills;

import dev.shiplog.cli.Console;
import dev.shiplog.cli.command.CommandLines;
import dev.shiplog.embedded.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** {@code shiplog up} in a JVM of its own, to be killed and to be started again on the same folder. */
final class RunningShiplog implements AutoCloseable {

    /** How a command line ended, and what it said. */
    record Said(int exitCode, String out, String err) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path data;
    private final Path log;
    private final Process process;
    private final Endpoints endpoints;

    private RunningShiplog(Path data, Path log, Process process, Endpoints endpoints) {
        this.data = data;
        this.log = log;
        this.process = process;
        this.endpoints = endpoints;
    }

    /** Returns when it is up. What it logs goes to a file beside the data. */
    static RunningShiplog start(Path data, Path clusters) throws IOException {
        var log = data.resolveSibling(data.getFileName() + ".log");
        // That of one that was killed; the next one would remove it, but only once it runs.
        Files.deleteIfExists(data.resolve("endpoints.json"));
        var process = new ProcessBuilder(command(data, clusters))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            return new RunningShiplog(data, log, process, endpoints(data, process));
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw new AssertionError(e.getMessage() + "\n" + lastLines(log), e);
        }
    }

    private static List<String> command(Path data, Path clusters) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.shiplog.server.Main",
                "up",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--clusters",
                clusters.toString()));
        return command;
    }

    private static Endpoints endpoints(Path data, Process process) {
        var file = data.resolve("endpoints.json");
        Eventually.holds("shiplog is up", () -> {
            return !process.isAlive() || Files.exists(file);
        });
        if (!process.isAlive()) {
            throw new AssertionError("shiplog ended with " + process.exitValue());
        }
        try {
            return JSON.readValue(Files.readString(file), Endpoints.class);
        } catch (IOException e) {
            throw new AssertionError("endpoints.json can't be read", e);
        }
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Runs one command line against it, with the command line's own code. */
    Said run(String line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                120,
                40,
                Map.of("USER", "ada"));
        var arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of("--server", endpoints.api()));
        int code = CommandLines.run(console, Clock.systemUTC(), arguments.toArray(String[]::new));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As {@link #run}, for what must succeed; returns what it said. */
    String must(String line) {
        var said = run(line);
        if (said.exitCode() != 0) {
            throw new AssertionError(
                    "\"" + line + "\" exited with " + said.exitCode() + ": " + said.out() + said.err() + log());
        }
        return said.out();
    }

    /** The server process of its database. */
    ProcessHandle postmaster() throws IOException {
        var pid =
                Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    /** Ends the JVM at once, as {@code kill -9} does; its database is left an orphan. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stands still for so long, as a machine without processor time does. */
    void standStill(Duration howLong) throws Exception {
        Signal.STOP.to(process.toHandle());
        var over = java.util.concurrent.CompletableFuture.runAsync(
                () -> {},
                java.util.concurrent.CompletableFuture.delayedExecutor(howLong.toMillis(), TimeUnit.MILLISECONDS));
        try {
            over.get();
        } finally {
            Signal.CONT.to(process.toHandle());
        }
    }

    /** The last lines of its log, for the message of a failure. */
    String log() {
        return "\n" + lastLines(log);
    }

    private static String lastLines(Path log) {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return log + " can't be read: " + e;
        }
    }

    /** Ends it in order; what it leaves running otherwise would outlive the test. */
    @Override
    public void close() throws IOException {
        try {
            Signal.CONT.to(process.toHandle());
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                var database = postmaster();
                kill();
                Signal.QUIT.to(database);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
