package dev.shiplog.server;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.embedded.StartFailure;
import dev.shiplog.journal.Entry;
import dev.shiplog.journal.Journal;
import dev.shiplog.views.history.FeedEvent;
import dev.shiplog.views.history.Projector;
import dev.shiplog.views.history.UnreadableEvent;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At a start the read model learns all that has happened before anything is asked of it. One event that it can't read
 * must not stop every release: then it stays behind, which is told wherever it is shown, and everybody whose events it
 * has not seen is woken, since it can't say who has something to do.
 */
final class CatchingUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchingUp.class);
    private static final int BATCH = 1_000;

    private CatchingUp() {}

    /** The applications that the read model knows too little of. */
    static Set<ApplicationName> of(Journal journal, Projector projector) {
        try {
            while (true) {
                var batch = journal.feed().after(projector.lastOffset(), BATCH);
                if (batch.isEmpty()) {
                    return Set.of();
                }
                projector.project(feed(batch));
                LOG.debug("The read model has caught up to {}", batch.getLast().position());
            }
        } catch (UnreadableEvent e) {
            LOG.error("The read model stays behind: {}", e.getMessage());
            return from(journal, e.offset());
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static Set<ApplicationName> from(Journal journal, long offset) {
        var applications = new LinkedHashSet<ApplicationName>();
        try {
            var batch = journal.feed().after(offset - 1, BATCH);
            while (!batch.isEmpty()) {
                batch.forEach(entry -> applications.add(application(entry.stream())));
                batch = journal.feed().after(batch.getLast().position(), BATCH);
            }
            return applications;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Both kinds of stream end in {@code namespace/name}. */
    private static ApplicationName application(String stream) {
        int name = stream.lastIndexOf('/');
        return ApplicationName.parse(stream.substring(stream.lastIndexOf('/', name - 1) + 1));
    }

    static List<FeedEvent> feed(List<Entry> batch) {
        return batch.stream()
                .map(entry -> new FeedEvent(
                        entry.position(),
                        entry.stream(),
                        entry.sequenceNumber(),
                        entry.event().bytes()))
                .toList();
    }

    private static StartFailure unreadable(SQLException e) {
        return new StartFailure(
                "The journal can't be read: " + e.getMessage(), "See whether PostgreSQL is up, then start again.", e);
    }
}
