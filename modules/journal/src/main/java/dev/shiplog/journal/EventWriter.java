package dev.shiplog.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what many writers ask for in one go: while one commit is on its way to the disk, the next one gathers.
 *
 * <p>Each write is all or nothing, and done once its future completes. A write fails if another writer already holds
 * its place in the stream, and if the database stays away for longer than the patience. A commit whose answer was lost
 * with the connection is tried again and recognised by its bytes if it had happened.
 */
final class EventWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventWriter.class);
    private static final int BATCH_EVENTS = 1_000;
    private static final int BATCH_BYTES = 8 * 1024 * 1024;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private record Write(List<NewEvent> events, long bytes, CompletableFuture<Void> done) {
        static Write of(List<NewEvent> events) {
            long bytes = events.stream()
                    .mapToLong(event -> event.event().bytes().length)
                    .sum();
            return new Write(List.copyOf(events), bytes, new CompletableFuture<>());
        }
    }

    private final DataSource database;
    private final CommitSignal committed;
    private final Duration patience;
    private final JournalLimits limits;
    private final AtomicInteger waitingWrites = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    EventWriter(DataSource database, CommitSignal committed, Duration patience, JournalLimits limits) {
        this.limits = limits;
        this.database = database;
        this.committed = committed;
        this.patience = patience;
        this.thread = Thread.ofPlatform().name("journal-writer").daemon().unstarted(this::run);
        thread.start();
    }

    CompletableFuture<Void> write(List<NewEvent> events) {
        var write = Write.of(events);
        if (closing) {
            return CompletableFuture.failedFuture(new JournalUnavailable("The journal is closed.", null));
        }
        int writes = waitingWrites.incrementAndGet();
        long bytes = waitingBytes.addAndGet(write.bytes);
        var unused = write.done.whenComplete((done, failure) -> {
            waitingWrites.decrementAndGet();
            waitingBytes.addAndGet(-write.bytes);
        });
        if (writes > limits.writes() || (writes > 1 && bytes > limits.bytes())) {
            write.done.completeExceptionally(new JournalUnavailable(
                    "%d writes of %d bytes already wait for the database.".formatted(writes - 1, bytes - write.bytes),
                    null));
        } else {
            queue.add(write);
        }
        return write.done;
    }

    /** Lets what was asked for be committed, then ends. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<Write>();
        while (true) {
            try {
                gather(batch);
            } catch (InterruptedException e) {
                // Woken to close; what has been asked for meanwhile is still in the queue.
                queue.drainTo(batch);
                if (batch.isEmpty()) {
                    return;
                }
            }
            commit(batch);
            batch.clear();
        }
    }

    private void gather(List<Write> batch) throws InterruptedException {
        if (closing && queue.isEmpty()) {
            throw new InterruptedException("closing");
        }
        Write next = queue.take();
        long events = 0;
        long bytes = 0;
        while (next != null) {
            batch.add(next);
            events += next.events.size();
            bytes += next.bytes;
            next = events < BATCH_EVENTS && bytes < BATCH_BYTES ? queue.poll() : null;
        }
    }

    private void commit(List<Write> batch) {
        SQLException trouble =
                tryCommit(batch.stream().flatMap(write -> write.events.stream()).toList());
        if (trouble == null) {
            batch.forEach(write -> write.done.complete(null));
        } else if (batch.size() > 1) {
            // One of them is at fault; alone, each meets its own fate.
            batch.forEach(write -> commit(List.of(write)));
        } else {
            batch.getFirst().done.completeExceptionally(failure(batch.getFirst(), trouble));
        }
    }

    /** Null when it is done, by this call or by one before whose answer was lost. */
    private @Nullable SQLException tryCommit(List<NewEvent> events) {
        long giveUpNanos = System.nanoTime() + patience.toNanos();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            SQLException trouble = insert(events);
            if (trouble == null) {
                return null;
            }
            if (SqlTrouble.of(trouble) != SqlTrouble.PASSING || System.nanoTime() > giveUpNanos || closing) {
                return trouble;
            }
            log.warn("The journal can't be written just now, trying again: {}", trouble.getMessage());
            pause(pauseMillis);
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
        }
    }

    private @Nullable SQLException insert(List<NewEvent> events) {
        try (Connection connection = database.getConnection()) {
            try {
                EventTable.insert(connection, events);
            } catch (SQLException e) {
                if (SqlTrouble.of(e) != SqlTrouble.CONFLICT || !EventTable.holds(connection, events)) {
                    return e;
                }
            }
            committed.advance();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private static Exception failure(Write write, SQLException trouble) {
        NewEvent first = write.events.getFirst();
        return switch (SqlTrouble.of(trouble)) {
            case CONFLICT -> new SequenceTaken(first.stream(), first.sequenceNumber());
            case PASSING, LASTING ->
                new JournalUnavailable(
                        "Can't write %s#%d: %s".formatted(first.stream(), first.sequenceNumber(), trouble.getMessage()),
                        trouble);
        };
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            // Only close() interrupts, and it has said so in the flag.
            log.debug("Closing while the database is away");
        }
    }
}
