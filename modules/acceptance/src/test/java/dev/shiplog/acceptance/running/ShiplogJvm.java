package dev.shiplog.acceptance.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A JVM that runs the server's main with the test's own class path; what it says goes to a file. */
public final class ShiplogJvm implements AutoCloseable {

    /** What a folder would be called, beside the log, that nobody removes once the JVM is killed: there is to be none. */
    public static final String FILE_CACHE = "vertx-cache";

    private final Process process;
    private final Path log;

    private ShiplogJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param log is added to */
    public static ShiplogJvm start(Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
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
                "-Dvertx.cacheDirBase=" + log.resolveSibling(FILE_CACHE).toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.shiplog.server.Main"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ShiplogJvm(builder.start(), log);
    }

    /** Waits until it is up as the condition says; ends it, and says what it said, if it never is. */
    public void awaitUp(Callable<Boolean> isUp) {
        try {
            Eventually.holds("shiplog is up", () -> !process.isAlive() || isUp.call());
            if (!process.isAlive()) {
                throw new AssertionError("shiplog ended with " + process.exitValue());
            }
        } catch (AssertionError e) {
            process.destroyForcibly();
            throw new AssertionError(e.getMessage() + "\n" + lastLines(), e);
        }
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The exit code, once it has ended; killed, and a failure, if it does not. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("shiplog does not end\n" + lastLines());
        }
        return process.exitValue();
    }

    /** Tells it to stop (TERM) and waits until it has; whether it did. */
    public boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(60, TimeUnit.SECONDS);
    }

    /** All that it has said. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    /** The last lines of what it has said, for the message of a failure. */
    public String lastLines() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return log + " can't be read: " + e;
        }
    }

    @Override
    public void close() {
        try {
            if (!stop()) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
