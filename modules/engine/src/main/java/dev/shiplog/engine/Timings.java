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

    public static final Timings DEFAULT = new Timings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60)));
}
