package dev.shiplog.benchmarks;

import dev.shiplog.server.local.LocalInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Consumer;

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
        Consumer<String> progress = System.err::println;
        try (var installation = LocalInstallation.start(data, Fleets.local(data, CLUSTERS), 0, progress);
                var load = new CommandLoad(installation.endpoints().kafka());
                var journal = new JournalGauge(installation.endpoints().postgres())) {
            progress.accept(applications + " applications are released once, to " + CLUSTERS + " clusters …");
            load.submitAndAwait(CommandLoad.releases(applications));

            var latency = FirstWrites.measure(installation, load, LATENCY_COMMANDS);
            print("produce to first write at a cluster, p50", latency.p50(), "ms");
            print("produce to first write at a cluster, p99", latency.p99(), "ms");

            long before = journal.events();
            double seconds = load.submitAndAwait(CommandLoad.scales(applications, commands));
            double eventsPerSecond = (journal.events() - before) / seconds;
            print("commands from Kafka to durable outcome", commands / seconds, "/s");
            print("events written meanwhile", eventsPerSecond, "/s");

            double ceiling = journal.ceiling();
            print("ceiling: grouped inserts of the same size", ceiling, "/s");
            print("events written per event of the ceiling", eventsPerSecond / ceiling, "");
        } finally {
            Fleets.delete(data);
        }
    }

    private static void print(String figure, double value, String unit) {
        System.out.println(String.format(Locale.ROOT, "%-45s %10.2f %s", figure, value, unit));
    }
}
