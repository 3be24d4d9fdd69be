package dev.shiplog.simulation;

import java.time.Instant;
import java.util.PriorityQueue;

/** The virtual clock and everything that is still to happen, ordered by time and, at one time, by when it was noted. */
final class Agenda {

    private static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

    private record Entry(long atMillis, long sequence, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowMillis;
    private long noted;

    void after(long millis, Runnable what) {
        entries.add(new Entry(nowMillis + Math.max(0, millis), noted++, what));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Lets the next thing happen. */
    void step() {
        var entry = entries.remove();
        nowMillis = entry.atMillis();
        entry.what().run();
    }

    /** Lets time pass, and what falls due meanwhile happen. */
    void pass(long millis) {
        long until = nowMillis + millis;
        for (var next = entries.peek(); next != null && next.atMillis() <= until; next = entries.peek()) {
            step();
        }
        nowMillis = until;
    }

    long nowMillis() {
        return nowMillis;
    }

    Instant now() {
        return BEGINNING.plusMillis(nowMillis);
    }
}
