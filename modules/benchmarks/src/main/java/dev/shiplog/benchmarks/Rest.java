package dev.shiplog.benchmarks;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Tells when a system has nothing more to do, so that what is measured next is not what was asked for before. */
final class Rest {

    private static final double BUSY_PROCESSORS = 0.25;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private Rest() {}

    /** Returns when for two seconds no event was written, and this JVM, clusters included, used next to no processor. */
    static void await(JournalGauge journal) throws SQLException {
        long start = System.nanoTime();
        int quiet = 0;
        long events = journal.events();
        while (quiet < 2) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("The system does not come to rest.");
            }
            long processor = Machine.processorNanos();
            long before = System.nanoTime();
            LockSupport.parkNanos(LOOK_NANOS);
            double busy = (double) (Machine.processorNanos() - processor) / (System.nanoTime() - before);
            long now = journal.events();
            quiet = now == events && busy < BUSY_PROCESSORS ? quiet + 1 : 0;
            events = now;
        }
    }
}
