package dev.shiplog.localcluster.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of a cluster and the one thread on which its store, its controllers and its answers live: nothing that is
 * run here ever runs beside something else that is run here.
 */
public interface Timers {
    Instant now();

    /** Runs the task on the cluster's thread after what is already waiting. May be called from any thread. */
    void execute(Runnable task);

    /** Runs the task on the cluster's thread once the delay has passed. May be called from any thread. */
    Scheduled schedule(Duration delay, Runnable task);

    /** Nothing runs from now on, whatever was scheduled. */
    void stop();

    /** A task that has not run yet and can be called off. */
    @FunctionalInterface
    interface Scheduled {
        void cancel();
    }
}
