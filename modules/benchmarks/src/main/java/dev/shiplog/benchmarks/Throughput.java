package dev.shiplog.benchmarks;

import dev.shiplog.protocol.Reading.Understood;
import java.sql.SQLException;
import java.util.List;

/** How much is done in a second when there is always more to do; events are those written until the last outcome. */
record Throughput(double commandsPerSecond, double eventsPerSecond, int eventBytes) {

    static Throughput measure(CommandLoad load, JournalGauge journal, List<Understood> commands) throws SQLException {
        long position = journal.position();
        long before = journal.events();
        double seconds = load.submitAndAwait(commands);
        long events = journal.events() - before;
        return new Throughput(commands.size() / seconds, events / seconds, journal.eventBytesBeyond(position));
    }
}
