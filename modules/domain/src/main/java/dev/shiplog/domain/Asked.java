package dev.shiplog.domain;

import dev.shiplog.domain.fleet.Fleet;
import java.time.Instant;

/**
 * A command with all that a rule may not fetch for itself: who asks and why, the time, and the fleet as it is known now.
 *
 * @param correlation what the command belongs to, e.g. the id of the command that began a release; kept with each event
 */
public record Asked<C>(
        CommandId id, Principal principal, String reason, Instant at, String correlation, Fleet fleet, C command) {}
