package dev.shiplog.benchmarks;

import dev.shiplog.protocol.Reading.Understood;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * How much is done in a second when there is always more to do; events are those written until the last outcome.
 *
 * @param processorMicros of this JVM per command, whatever else the machine did meanwhile
 */
record Throughput(double commandsPerSecond, double eventsPerSecond, int eventBytes, double processorMicros) {

    static Throughput measure(CommandLoad load, JournalGauge journal, List<Understood> commands) throws SQLException {
        long position = journal.position();
        long before = journal.events();
        long processor = Machine.processorNanos();
        double seconds = load.submitAndAwait(commands);
        long events = journal.events() - before;
        double micros = (Machine.processorNanos() - processor) / 1e3 / commands.size();
        return new Throughput(commands.size() / seconds, events / seconds, journal.eventBytesBeyond(position), micros);
    }

    static Throughput best(List<Throughput> rounds) {
        rounds.forEach(round -> System.err.printf("… %.0f commands/s%n", round.commandsPerSecond()));
        return rounds.stream()
                .max(Comparator.comparingDouble(Throughput::commandsPerSecond))
                .orElseThrow();
    }
}
