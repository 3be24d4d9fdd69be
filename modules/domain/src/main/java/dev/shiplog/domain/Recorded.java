package dev.shiplog.domain;

import java.time.Instant;

/**
 * An event with where it came from. What the journal keeps is this, and the hash of the event before it.
 */
public record Recorded<E>(
        CommandId commandId, Principal principal, String reason, Instant at, String correlation, E event) {}
