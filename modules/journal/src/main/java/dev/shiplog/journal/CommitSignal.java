package dev.shiplog.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes followers in this process when something was committed; a commit between two looks is never missed. */
final class CommitSignal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long commits;

    long commits() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    void advance() {
        lock.lock();
        try {
            commits++;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when there were more commits than seen, or after the time. */
    void awaitBeyond(long seen, long millis) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (commits == seen && nanos > 0) {
                nanos = advanced.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }
}
