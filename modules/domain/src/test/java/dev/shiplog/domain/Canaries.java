package dev.shiplog.domain;

import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Canaries that say their steps, and little besides. */
public final class Canaries {

    private Canaries() {}

    public static Canary of(CanaryStep... steps) {
        return new Canary(
                List.of(steps),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Clients stay with their version. */
    public static Canary binding(Canary canary) {
        return with(
                canary,
                Optional.of(new Strategy.SessionAffinity(Strategy.SessionAffinity.DEFAULT_TIMEOUT_SECONDS)),
                canary.scaleDownDelay(),
                canary.trafficRouting());
    }

    /** It stays for a while after its promotion. */
    public static Canary kept(Canary canary, Duration delay) {
        return with(canary, canary.sessionAffinity(), Optional.of(delay), canary.trafficRouting());
    }

    /** An HTTPRoute divides the requests. */
    public static Canary routed(Canary canary, String route) {
        return with(
                canary,
                canary.sessionAffinity(),
                canary.scaleDownDelay(),
                Optional.of(new Strategy.TrafficRouting(route)));
    }

    private static Canary with(
            Canary canary,
            Optional<Strategy.SessionAffinity> affinity,
            Optional<Duration> delay,
            Optional<Strategy.TrafficRouting> routing) {
        return new Canary(
                canary.steps(),
                canary.maxSurge(),
                canary.maxUnavailable(),
                canary.progressDeadlineSeconds(),
                affinity,
                delay,
                canary.rollbackWindow(),
                routing);
    }
}
