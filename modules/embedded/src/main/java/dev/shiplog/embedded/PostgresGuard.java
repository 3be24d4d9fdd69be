package dev.shiplog.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the database's server again when it has died under us: killed by hand, or by a kernel short of memory. Who is
 * connected finds it away for a moment, as with any restart of a database, and nothing committed is lost. If it can't be
 * started it is tried again, with longer and longer pauses, and each failure is told.
 *
 * <p>It looks at the process every quarter of a second. That a server which is not our child has ended can't be waited
 * for where nobody reaps it.
 */
final class PostgresGuard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresGuard.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Starts the server on what the one before has left. */
    @FunctionalInterface
    interface Start {
        void again() throws IOException;
    }

    private final Postmaster postmaster;
    private final Start start;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    PostgresGuard(Postmaster postmaster, Start start) {
        this.postmaster = postmaster;
        this.start = start;
        this.thread = Thread.ofPlatform().name("postgres-guard").daemon().start(this::run);
    }

    /** The server is left alone from now on; a start that is under way is done. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = LOOK;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = look(pause);
            }
        } catch (InterruptedException e) {
            log.debug("Interrupted; the server is left alone");
        }
    }

    private Duration look(Duration pause) {
        try {
            if (postmaster.running().isEmpty()) {
                log.warn("PostgreSQL has ended without being told to; starting it again");
                start.again();
                log.warn("PostgreSQL is up again");
            }
            return LOOK;
        } catch (IOException | StartFailure e) {
            Duration longer = pause.multipliedBy(2);
            Duration next = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
            log.error(
                    "PostgreSQL can't be started again, so nothing can be decided; trying again in {} ms. {}",
                    next.toMillis(),
                    e.getMessage());
            return next;
        }
    }
}
