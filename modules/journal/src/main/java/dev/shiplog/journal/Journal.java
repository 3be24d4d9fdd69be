package dev.shiplog.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The journal of one database, open. */
public final class Journal implements AutoCloseable {

    private static final int POOL_CONNECTIONS = 12;
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(30);

    private final HikariDataSource database;
    private final EventWriter writer;
    private final EventFeed feed;
    private final JournalLimits limits;

    private Journal(HikariDataSource database, Duration patience, JournalLimits limits) {
        this.database = database;
        this.limits = limits;
        var committed = new CommitSignal();
        this.writer = new EventWriter(database, committed, patience, limits);
        this.feed = new EventFeed(database, committed, limits);
    }

    /** Connects and brings the schema up to date. */
    public static Journal open(String jdbcUrl) {
        return open(jdbcUrl, JournalLimits.USUAL);
    }

    /** Connects and brings the schema up to date. */
    public static Journal open(String jdbcUrl, JournalLimits limits) {
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setPoolName("journal");
        config.setMaximumPoolSize(POOL_CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(5_000);
        // The server is asked before the pool is: its answer to a wrong URL or password is better than a time-out.
        config.setInitializationFailTimeout(1);
        HikariDataSource database = connect(config);
        try (Connection connection = database.getConnection()) {
            Schema.migrate(connection);
            return new Journal(database, WRITE_PATIENCE, limits);
        } catch (SQLException e) {
            database.close();
            throw new JournalUnavailable("Can't bring the journal's schema up to date: " + e.getMessage(), e);
        }
    }

    /** Done, and on the disk, when the future completes; all of them or none. */
    public CompletableFuture<Void> write(List<NewEvent> events) {
        return writer.write(events);
    }

    /** The events of a stream in their order; both numbers belong to the range. */
    public void replay(String stream, long from, long to, long limit, Consumer<Entry> each) {
        var next = new AtomicLong(from);
        read(stream, connection -> {
            // Where the connection broke off, another one goes on.
            long left = limit - (next.get() - from);
            EventTable.replay(connection, stream, next.get(), to, left, entry -> {
                each.accept(entry);
                next.set(entry.sequenceNumber() + 1);
            });
            return next.get();
        });
    }

    /** 0 for a stream without events. */
    public long highestSequenceNumber(String stream) {
        return read(stream, connection -> EventTable.highestSequenceNumber(connection, stream));
    }

    private long read(String stream, Reading reading) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection()) {
                return reading.from(connection);
            } catch (SQLException e) {
                // The pool may hand out connections that a restart of the server has cut, one after the other.
                if (SqlTrouble.of(e) != SqlTrouble.PASSING || attempt > POOL_CONNECTIONS) {
                    throw new JournalUnavailable("Can't read " + stream + ": " + e.getMessage(), e);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Reading {
        long from(Connection connection) throws SQLException;
    }

    JournalLimits limits() {
        return limits;
    }

    public EventFeed feed() {
        return feed;
    }

    /** For who keeps something of their own in the same database, such as read models. */
    public DataSource database() {
        return database;
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }

    private static HikariDataSource connect(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new JournalUnavailable("Can't connect to the database: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
