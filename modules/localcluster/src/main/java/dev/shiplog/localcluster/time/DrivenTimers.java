package dev.shiplog.localcluster.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Time that only a test moves. Tasks run in the thread that brings them or that advances the clock, one at a time,
 * ordered by due time and then by the order in which they were scheduled; {@link #execute} returns once nothing is
 * waiting any more, so that a test sees a settled cluster.
 */
public final class DrivenTimers implements Timers {
    private record Due(Instant at, long sequence, Runnable task) {}

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::sequence));
    private Instant now;
    private long sequence;
    private boolean running;

    public DrivenTimers(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            ready.add(task);
            settle();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            ready.clear();
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        lock.lock();
        try {
            Due due = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), sequence++, task);
            waiting.add(due);
            return () -> cancel(due);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock, stopping at every task that falls due on the way. */
    public void advance(Duration by) {
        lock.lock();
        try {
            Instant end = now.plus(by);
            settle();
            for (Due next = dueUntil(end); next != null; next = dueUntil(end)) {
                now = next.at.isAfter(now) ? next.at : now;
                ready.add(next.task);
                settle();
            }
            now = end;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Due dueUntil(Instant end) {
        Due next = waiting.peek();
        return next == null || next.at.isAfter(end) ? null : waiting.poll();
    }

    private void cancel(Due due) {
        lock.lock();
        try {
            waiting.remove(due);
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        if (running) {
            return;
        }
        running = true;
        try {
            for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
                task.run();
            }
        } finally {
            running = false;
        }
    }
}
