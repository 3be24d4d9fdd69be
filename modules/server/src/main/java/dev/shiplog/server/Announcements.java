package dev.shiplog.server;

import dev.shiplog.embedded.StartFailure;
import dev.shiplog.journal.Entry;
import dev.shiplog.journal.EventFeed;
import dev.shiplog.journal.Journal;
import dev.shiplog.journal.Offsets;
import dev.shiplog.kafka.EventAnnouncer;
import dev.shiplog.kafka.TransferLimits;
import dev.shiplog.server.health.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells Kafka of every event in the order of the journal, at least once each: how far it is, is stored afterwards. */
final class Announcements implements AutoCloseable {

    private static final String FOLLOWER = "announcer";

    private final EventAnnouncer announcer;
    private final EventFeed.Follower follower;
    private final Progress progress;

    private Announcements(EventAnnouncer announcer, EventFeed.Follower follower, Progress progress) {
        this.announcer = announcer;
        this.follower = follower;
        this.progress = progress;
    }

    static Announcements start(Journal journal, Map<String, Object> kafka, TransferLimits limits, InstantSource clock) {
        var announcer = EventAnnouncer.start(kafka, limits);
        var progress = new Progress(
                "the announcement of events on shiplog.events", batch -> announce(journal, announcer, batch), clock);
        try (Connection connection = journal.database().getConnection()) {
            var follower = journal.feed().follow(FOLLOWER, Offsets.read(connection, FOLLOWER), progress);
            return new Announcements(announcer, follower, progress);
        } catch (SQLException e) {
            announcer.close();
            throw new StartFailure(
                    "The journal can't be read: " + e.getMessage(),
                    "See whether PostgreSQL is up, then start again.",
                    e);
        }
    }

    private static void announce(Journal journal, EventAnnouncer announcer, List<Entry> batch)
            throws InterruptedException, SQLException {
        announcer.announce(batch.stream()
                .map(entry -> new EventAnnouncer.Announcement(entry.stream(), entry.sequenceNumber(), entry.event()))
                .toList());
        try (Connection connection = journal.database().getConnection()) {
            Offsets.write(connection, FOLLOWER, batch.getLast().position());
        }
    }

    /** Since when, and why, events are not announced; a sentence. */
    Optional<String> standstill() {
        return progress.standstill();
    }

    @Override
    public void close() {
        follower.close();
        announcer.close();
    }
}
