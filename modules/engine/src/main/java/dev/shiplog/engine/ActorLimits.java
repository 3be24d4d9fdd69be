package dev.shiplog.engine;

import java.time.Duration;

/**
 * How much waits for an actor, and how long one stays in memory.
 *
 * @param applicationMessages that wait for an application while the journal is slow, or while it leaves: reports of all its
 *     clusters may come at once. One more is left out, and comes again when the clusters are asked for it
 * @param rolloutMessages that wait for a rollout likewise; of what is left out, the application asks again
 * @param idle after which an actor that owes nothing leaves memory
 */
public record ActorLimits(int applicationMessages, int rolloutMessages, Duration idle) {

    public static final ActorLimits USUAL = new ActorLimits(1_024, 64, Duration.ofSeconds(60));

    public ActorLimits {
        if (applicationMessages < 1 || rolloutMessages < 1 || !idle.isPositive()) {
            throw new IllegalArgumentException(
                    "at least one message must be able to wait, and an actor to stay a moment: " + applicationMessages
                            + " and " + rolloutMessages + " messages, " + idle);
        }
    }
}
