package dev.shiplog.views.live;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Who waits for the effects of a command to become readable. Only who waits takes memory. */
public final class Arrivals {

    /** A command is told apart from others of its application only. */
    public record Arrival(ApplicationName application, CommandId command) {}

    private final Map<Arrival, Waiting> waiting = new ConcurrentHashMap<>();

    public void arrived(Collection<Arrival> arrivals) {
        for (var arrival : arrivals) {
            var awaited = waiting.get(arrival);
            if (awaited != null) {
                awaited.arrived.countDown();
            }
        }
    }

    /**
     * Waits for a command's effects.
     *
     * @param here whether they were there before; asked once, after which no arrival is missed
     */
    public boolean await(Arrival arrival, Duration atMost, BooleanSupplier here) {
        var mine = waiting.compute(arrival, (same, present) -> {
            var one = present == null ? new Waiting() : present;
            one.people++;
            return one;
        });
        try {
            return here.getAsBoolean() || mine.arrived.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.computeIfPresent(arrival, (same, present) -> {
                present.people--;
                return present.people == 0 ? null : present;
            });
        }
    }

    private static final class Waiting {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private int people;
    }
}
