package dev.shiplog.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All events of all streams in the order of their commits, from any position on, without a gap.
 *
 * <p>A follower has a thread of its own. It is woken by a commit of this process and looks by itself often enough to
 * see those of others. What its handler throws, and a database that is away, only delay it: the same batch comes
 * again. So a handler sees each event at least once, and exactly once if it stores the position in the transaction in
 * which it does its work ({@link Offsets}).
 */
public final class EventFeed {

    /** What a follower does with the next events, never empty. */
    @FunctionalInterface
    public interface Handler {
        void handle(List<Entry> batch) throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);
    private static final long LOOK_MILLIS = 50;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final DataSource database;
    private final CommitSignal committed;
    private final JournalLimits limits;

    EventFeed(DataSource database, CommitSignal committed, JournalLimits limits) {
        this.database = database;
        this.committed = committed;
        this.limits = limits;
    }

    /** At most so many events beyond the position, and fewer of large ones. */
    public List<Entry> after(long position, int limit) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return EventTable.after(connection, position, limit, limits.followedBytes());
        }
    }

    /** Starts a follower behind the position; it goes on until it is closed. */
    public Follower follow(String name, long position, Handler handler) {
        return new Follower(name, position, handler);
    }

    /** One that follows; it tells how far it has come. */
    public final class Follower implements AutoCloseable {

        private final String name;
        private final Handler handler;
        private final Thread thread;
        private volatile long position;
        private volatile boolean closing;

        private Follower(String name, long position, Handler handler) {
            this.name = name;
            this.position = position;
            this.handler = handler;
            this.thread = Thread.ofPlatform().name("follow-" + name).daemon().unstarted(this::run);
            thread.start();
        }

        /** That of the last event handled. */
        public long position() {
            return position;
        }

        /** Nothing is handled after this returns; a batch in hand is done or broken off. */
        @Override
        public void close() {
            closing = true;
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            long pauseMillis = FIRST_PAUSE_MILLIS;
            while (!closing) {
                try {
                    long seen = committed.commits();
                    List<Entry> batch = after(position, limits.followedEvents());
                    if (batch.isEmpty()) {
                        committed.awaitBeyond(seen, LOOK_MILLIS);
                    } else {
                        handler.handle(batch);
                        position = batch.getLast().position();
                    }
                    pauseMillis = FIRST_PAUSE_MILLIS;
                } catch (InterruptedException e) {
                    log.debug("Follower {} was woken to end", name);
                } catch (Exception e) {
                    if (!closing) {
                        log.warn("Follower {} can't go on behind {}, trying again", name, position, e);
                        pauseMillis = pause(pauseMillis);
                    }
                }
            }
        }

        private long pause(long millis) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                log.debug("Follower {} ends while it waits", name);
            }
            return Math.min(LONGEST_PAUSE_MILLIS, millis * 2);
        }
    }
}
