package dev.shiplog.server.demo;

import dev.shiplog.server.demo.Row.Check;
import dev.shiplog.server.demo.Row.Step;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries out the rows one after another, each with the command line's own code, and tells which held. A row that does
 * not hold does not end the tour: what comes later may, and the summary names both.
 */
final class Tour {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(40);

    /** Runs one command line and answers with its exit code. */
    @FunctionalInterface
    interface Shell {
        int run(List<String> arguments);
    }

    record Result(Row row, Optional<String> failure) {}

    private final Shell shell;
    private final PrintStream out;

    Tour(Shell shell, PrintStream out) {
        this.shell = shell;
        this.out = out;
    }

    List<Result> carryOut(List<Row> rows) {
        var results = new ArrayList<Result>();
        for (var row : rows) {
            out.println();
            out.println("── Row " + row.number() + " ── " + row.told());
            var failure = carryOut(row);
            failure.ifPresent(why -> out.println("✖ row " + row.number() + ": " + why));
            results.add(new Result(row, failure));
        }
        return List.copyOf(results);
    }

    private Optional<String> carryOut(Row row) {
        for (var step : row.steps()) {
            var failure = switch (step) {
                case Step.Type type -> type(type.line());
                case Step.Expect expect -> expect(expect.what(), expect.check());
                case Step.Measure measure -> measure(measure);
            };
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<String> type(String line) {
        out.println();
        out.println("$ shiplog " + line);
        int code = shell.run(List.of(line.split(" ")));
        return code == 0 ? Optional.empty() : Optional.of("\"shiplog " + line + "\" exited with " + code);
    }

    private Optional<String> measure(Step.Measure measure) {
        out.println();
        out.println("$ " + measure.typed());
        var lines = new ArrayList<String>();
        var failure = expect(measure.what(), () -> {
            var seen = measure.look().seen();
            lines.clear();
            lines.addAll(seen.lines());
            if (seen.missing().isEmpty()) {
                lines.forEach(out::println);
            }
            return seen.missing();
        });
        failure.ifPresent(ignored -> lines.forEach(out::println));
        return failure;
    }

    private Optional<String> expect(String what, Check check) {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var missing = missing(check);
            if (missing.isEmpty()) {
                out.println("✔ " + what);
                return Optional.empty();
            }
            if (Instant.now().isAfter(deadline)) {
                return Optional.of(what + ": " + missing.get());
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private static Optional<String> missing(Check check) {
        try {
            return check.missing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (Exception e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
