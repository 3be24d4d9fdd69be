package dev.shiplog.views.live;

import dev.shiplog.domain.CommandId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Who waits for the effects of a command to become readable. Only who waits takes memory. */
public final class Arrivals {

    private final Map<CommandId, Waiting> waiting = new ConcurrentHashMap<>();

    public void arrived(Collection<CommandId> commands) {
        for (var command : commands) {
            var awaited = waiting.get(command);
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
    public boolean await(CommandId command, Duration atMost, Predicate<CommandId> here) {
        var mine = waiting.compute(command, (id, present) -> {
            var one = present == null ? new Waiting() : present;
            one.people++;
            return one;
        });
        try {
            return here.test(command) || mine.arrived.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.computeIfPresent(command, (id, present) -> {
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
