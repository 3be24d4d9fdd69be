package dev.shiplog.benchmarks;

import dev.shiplog.server.local.LocalInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Locale;

/**
 * The whole system under load, on this machine: real Kafka, real PostgreSQL with fsync, three local clusters, all in one
 * JVM and so in competition for its processors. Prints in one run
 *
 * <ul>
 *   <li>commands per second from Kafka to their durable outcome, and the events per second written meanwhile,
 *   <li>the ceiling: events of the same size in grouped multi-row inserts into the same database, with nothing else going on,
 *   <li>the ratio of the two,
 *   <li>the time from producing a command to the first write at a cluster, at a steady low rate: p50 and p99.
 * </ul>
 *
 * <p>Usage: {@code LoadBenchmark [commands] [applications]}, 20000 and 500 by default.
 */
public final class LoadBenchmark {

    private static final int CLUSTERS = 3;
    private static final int LATENCY_COMMANDS = 300;

    private LoadBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        int commands = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int applications = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        var data = Files.createTempDirectory("shiplog-load-");
        try (var installation = LocalInstallation.start(data, Fleets.local(data, CLUSTERS), 0, System.err::println);
                var load = new CommandLoad(installation.endpoints().kafka());
                var journal = new JournalGauge(installation.endpoints().postgres())) {
            print("applications, each released once to %d clusters", applications);
            load.submitAndAwait(CommandLoad.releases(applications));

            var latency = FirstWrites.measure(installation, load, LATENCY_COMMANDS);
            print("produce to first write at a cluster   p50 %.1f ms   p99 %.1f ms", latency.p50(), latency.p99());

            long before = journal.events();
            double seconds = load.submitAndAwait(CommandLoad.scales(applications, commands));
            long during = journal.events() - before;
            double eventsPerSecond = during / seconds;
            print(
                    "commands to durable outcome           %.0f /s (%d in %.1f s)",
                    commands / seconds, commands, seconds);
            print("events written meanwhile              %.0f /s", eventsPerSecond);

            double ceiling = journal.ceiling();
            print("ceiling: grouped inserts, same size   %.0f /s", ceiling);
            print("ratio                                 %.2f", eventsPerSecond / ceiling);
        } finally {
            Fleets.delete(data);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
