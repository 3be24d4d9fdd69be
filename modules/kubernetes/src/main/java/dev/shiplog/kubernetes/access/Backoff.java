package dev.shiplog.kubernetes.access;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts that go on for ever: twice as long each time up to a limit, and each by chance from half of
 * it up, so that those who failed together do not come back together. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator chance;
    private Duration next = FIRST;

    public Backoff(RandomGenerator chance) {
        this.chance = chance;
    }

    public Duration next() {
        var whole = next;
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
        return Duration.ofMillis(whole.toMillis() / 2 + chance.nextLong(whole.toMillis() / 2 + 1));
    }

    public void reset() {
        next = FIRST;
    }
}
