package dev.shiplog.api;

import java.util.Optional;

/** Whether what is shown is what has happened. */
@FunctionalInterface
public interface Freshness {

    /** Since when, and why, what is shown is old: a sentence; empty while it is not. Answers at once. */
    Optional<String> stale();
}
