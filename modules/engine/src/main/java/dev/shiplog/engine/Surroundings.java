package dev.shiplog.engine;

import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.cluster.Clusters;
import dev.shiplog.engine.live.LiveBoard;
import dev.shiplog.engine.stream.EventCodec;
import java.time.Clock;
import java.util.function.Supplier;

/** What the actors find around them. */
public record Surroundings(
        Clock clock,
        Timings timings,
        ActorLimits limits,
        Supplier<Fleet> fleet,
        Clusters clusters,
        LiveBoard board,
        EventCodec<ApplicationEvent> applicationEvents,
        EventCodec<RolloutEvent> rolloutEvents) {}
