package dev.shiplog.engine.stream;

import java.time.Duration;

/**
 * How long to wait before what failed is tried again: doubling from the first to the longest, each shortened by up to a
 * fifth by chance, so that what failed together does not return together.
 */
public record Backoff(Duration first, Duration longest) {

    /**
     * @param failures in a row, from 1
     * @param chance from 0 to 1
     */
    public Duration after(int failures, double chance) {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long capped = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(capped * (1 - 0.2 * chance))));
    }
}
