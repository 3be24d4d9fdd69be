package dev.shiplog.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of one data directory, whoever started it.
 *
 * <p>A kill of our JVM leaves it running, and a second one must never run on the same data. It is found by the pid it
 * left in the directory; since that number may be another process's by now, it counts only if that process is a
 * {@code postgres} that works in this very directory.
 */
final class Postmaster {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    private final Path data;
    private final PostgresPrograms programs;

    Postmaster(Path data, PostgresPrograms programs) {
        this.data = data;
        this.programs = programs;
    }

    /** Starts it and returns when it takes connections. */
    void start(Path logFile) throws IOException {
        PostgresPrograms.Outcome outcome = programs.run(
                Duration.ofSeconds(130),
                "pg_ctl",
                "-D",
                data.toString(),
                "-l",
                logFile.toString(),
                "-w",
                "-t",
                "120",
                "start");
        if (!outcome.succeeded()) {
            throw new StartFailure(
                    "PostgreSQL can't start on " + data + ": " + outcome.output() + lastLines(logFile),
                    "The reason stands in " + logFile + "; check the room on the disk and the rights on the folder.");
        }
    }

    /** Stops it as orderly as it can be had: sessions are ended, then they are cut off. Nothing committed is lost. */
    void stop() throws IOException {
        Optional<ProcessHandle> running = running();
        if (running.isEmpty()) {
            forgetStalePid();
            return;
        }
        ProcessHandle process = running.get();
        for (String mode : List.of("fast", "immediate")) {
            // It says so when the server has gone from the directory; the process itself may linger until it is reaped.
            PostgresPrograms.Outcome outcome = programs.run(
                    Duration.ofSeconds(25), "pg_ctl", "-D", data.toString(), "-w", "-t", "20", "-m", mode, "stop");
            if (outcome.succeeded()) {
                return;
            }
            log.warn("PostgreSQL (process {}) did not stop with '{}': {}", process.pid(), mode, outcome.output());
        }
        throw new StartFailure(
                "PostgreSQL on " + data + " (process " + process.pid() + ") does not stop.",
                "End that process (kill -QUIT " + process.pid() + "), then start again.");
    }

    /** The process that the directory names, if it is alive and really ours. */
    Optional<ProcessHandle> running() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(this::isOurs);
    }

    private boolean isOurs(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean isPostgres = info.command()
                .map(command -> Path.of(command).getFileName().toString().equals("postgres"))
                .orElse(false);
        boolean onOurData = info.arguments().map(List::of).orElse(List.of()).stream()
                .anyMatch(argument -> argument.equals(data.toString()));
        return isPostgres && onOurData;
    }

    /** Nobody runs: a pid file left by a kill of everything would only make PostgreSQL wonder whose that number is now. */
    private void forgetStalePid() throws IOException {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private static String lastLines(Path logFile) throws IOException {
        if (!Files.exists(logFile)) {
            return "";
        }
        List<String> lines = Files.readAllLines(logFile, StandardCharsets.ISO_8859_1);
        return "\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
