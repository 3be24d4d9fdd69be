package dev.shiplog.engine;

import dev.shiplog.engine.stream.Backoff;
import java.time.Duration;

/**
 * The engine's times.
 *
 * @param outcome how long a command may take until its outcome is durable
 * @param reminder after which what is still owed is asked for again, since an answer may have been lost
 * @param retry between attempts at a cluster that makes trouble
 */
public record Timings(Duration outcome, Duration reminder, Backoff retry) {

    /** A cluster tries by itself to delete what a release that has ended leaves, and may be away for months. */
    private static final int ENDED = 30;

    public static final Timings DEFAULT = new Timings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60)));

    /** @param isUnderWay whether something is still on its way, and not only something left of what has ended */
    public Duration reminder(boolean isUnderWay) {
        return isUnderWay ? reminder : reminder.multipliedBy(ENDED);
    }
}
