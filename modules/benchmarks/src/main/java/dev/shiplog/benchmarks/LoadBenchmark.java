package dev.shiplog.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The whole system under load, on this machine: real Kafka, real PostgreSQL with fsync, three local clusters, all in one
 * JVM or beside it and so in competition for its processors. Before each measurement the system comes to rest. Prints in
 * one run
 *
 * <ul>
 *   <li>the time from producing a release to the first write at a cluster, one release after another: p50 and p99;
 *   <li>commands per second from Kafka to their durable outcome, and the events per second written meanwhile, for
 *       commands that ask nothing of a cluster (scales to the scale there is) and for commands that are carried out on
 *       all clusters (pauses and resumes);
 *   <li>the ceiling: events of the same size in grouped multi-row inserts into the same database, with nothing else going
 *       on, and the ratio of the two.
 * </ul>
 *
 * <p>Usage: {@code LoadBenchmark [commands] [applications]}, 20000 and 500 by default.
 */
public final class LoadBenchmark {

    private static final int CLUSTERS = 3;
    /** What is carried out leads to several events and to writes at each cluster: so many times fewer commands do. */
    private static final int CARRIED_OUT_SHARE = 5;

    /** The best is told: the machine may have had other things to do, and the compiler had while the first ones went on. */
    private static final int ROUNDS = 3;

    private static final int WARM_UP_RELEASES = 50;
    private static final int TIMED_RELEASES = 150;

    private LoadBenchmark() {}

    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        int commands = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        int applications = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        System.out.println(Machine.describe());
        Consumer<String> progress = System.err::println;
        try (var throwAway = ThrowAway.start(CLUSTERS);
                var load = new CommandLoad(throwAway.installation().endpoints().kafka());
                var journal =
                        new JournalGauge(throwAway.installation().endpoints().postgres())) {
            var installation = throwAway.installation();
            progress.accept(applications + " applications are released once, to " + CLUSTERS + " clusters …");
            load.submitAndAwait(CommandLoad.releases(applications));
            Rest.await(journal);

            progress.accept("Warming up …");
            FirstWrites.measure(installation, load, "warm", WARM_UP_RELEASES);
            load.submitAndAwait(CommandLoad.pausesAndResumes(applications, 2 * applications));
            load.submitAndAwait(CommandLoad.scalesToOne(applications, applications));
            Rest.await(journal);

            progress.accept("Measuring …");
            var latency = FirstWrites.measure(installation, load, "first", TIMED_RELEASES);
            print("produce to first write at a cluster, p50", latency.p50(), "ms");
            print("produce to first write at a cluster, p99", latency.p99(), "ms");
            Rest.await(journal);

            var scales = new ArrayList<Throughput>();
            var pauses = new ArrayList<Throughput>();
            for (int round = 0; round < ROUNDS; round++) {
                scales.add(Throughput.measure(load, journal, CommandLoad.scalesToOne(applications, commands)));
                Rest.await(journal);
                pauses.add(Throughput.measure(
                        load, journal, CommandLoad.pausesAndResumes(applications, commands / CARRIED_OUT_SHARE)));
                Rest.await(journal);
            }
            print("scales to the scale there is", Throughput.best(scales), journal);
            print("pauses and resumes", Throughput.best(pauses), journal);
        }
    }

    private static void print(String commands, Throughput measured, JournalGauge journal) throws SQLException {
        double ceiling = journal.ceiling(measured.eventBytes());
        print(commands + ": from Kafka to durable outcome", measured.commandsPerSecond(), "commands/s");
        print(commands + ": processor time of this JVM", measured.processorMicros(), "µs/command");
        print(commands + ": written meanwhile", measured.eventsPerSecond(), "events/s");
        print(commands + ": ceiling at " + measured.eventBytes() + " bytes", ceiling, "events/s");
        print(commands + ": written per event of the ceiling", measured.eventsPerSecond() / ceiling, "");
    }

    private static void print(String figure, double value, String unit) {
        System.out.println(String.format(Locale.ROOT, "%-62s %10.2f %s", figure, value, unit));
    }
}
