package dev.shiplog.kafka;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * How far one partition is done without a hole: commands end in any order, but only what lies before the first open
 * one may be committed.
 *
 * <p>Example: 4, 5, 6 begun; 6 and 4 done: the next offset to commit is 5.
 */
final class Progress {

    private final ArrayDeque<Long> begun = new ArrayDeque<>();
    private final ArrayDeque<Long> notCommitted = new ArrayDeque<>();
    private final Set<Long> doneAhead = new HashSet<>();
    private long next = -1;
    private long committed = -1;

    synchronized void begin(long offset) {
        begun.addLast(offset);
        notCommitted.addLast(offset);
    }

    synchronized void done(long offset) {
        doneAhead.add(offset);
        while (!begun.isEmpty() && doneAhead.remove(begun.getFirst())) {
            next = begun.removeFirst() + 1;
        }
    }

    /** The offset to commit, or -1 if there is nothing new. */
    synchronized long toCommit() {
        return next == committed ? -1 : next;
    }

    synchronized void committed(long offset) {
        committed = offset;
        while (!notCommitted.isEmpty() && notCommitted.getFirst() < offset) {
            notCommitted.removeFirst();
        }
    }

    /** So many would come again after a crash, at worst all of one application. */
    synchronized int repeatable() {
        return notCommitted.size();
    }

    synchronized int open() {
        return begun.size() - doneAhead.size();
    }
}
