package dev.shiplog.kubernetes.watch;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after another, in order, on the threads of another executor. What waits is bounded: whoever
 * has one step more than may wait does so until there is room, so that a watch reads no further and what its cluster has
 * to tell stays there. Errands are for those who can't wait; however often one is asked for, it waits once.
 */
final class Strand {

    private static final Logger LOG = LoggerFactory.getLogger(Strand.class);

    private final Executor executor;
    private final Semaphore room;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** @param most steps that wait at once */
    Strand(Executor executor, int most) {
        this.executor = executor;
        this.room = new Semaphore(most, true);
    }

    /** Waits for room; so it is never called on the strand itself, which would wait for its own end. */
    void run(Runnable step) throws InterruptedException {
        room.acquire();
        add(() -> {
            room.release();
            step.run();
        });
    }

    Errand errand(Runnable work) {
        return new Errand(work);
    }

    /** What is run once, however often it was asked for before it begins. */
    final class Errand {

        private final Runnable work;
        private final AtomicBoolean asked = new AtomicBoolean();

        private Errand(Runnable work) {
            this.work = work;
        }

        void soon() {
            if (asked.compareAndSet(false, true)) {
                add(() -> {
                    asked.set(false);
                    work.run();
                });
            }
        }
    }

    private void add(Runnable work) {
        synchronized (waiting) {
            waiting.add(work);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // Closed: what comes now is of no interest to anybody, and those who wait for room are interrupted.
            synchronized (waiting) {
                waiting.clear();
                running = false;
            }
        }
    }

    private void drain() {
        while (true) {
            Runnable work;
            synchronized (waiting) {
                work = waiting.poll();
                if (work == null) {
                    running = false;
                    return;
                }
            }
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("A step of a cluster's gateway failed", e);
            }
        }
    }
}
