package dev.shiplog.views.live;

import dev.shiplog.domain.ApplicationName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Word that something has changed, not what: whoever is woken reads anew. However much changes before a subscriber has
 * looked, it is woken once, so a slow one costs a bit of memory and misses nothing but what was between.
 */
public final class Changes {

    private final Map<ApplicationName, Set<Subscription>> byApplication = new ConcurrentHashMap<>();
    private final Set<Subscription> toAll = ConcurrentHashMap.newKeySet();

    /** Tells of one application. */
    public Subscription of(ApplicationName application) {
        var subscription = new Subscription(Optional.of(application));
        byApplication.compute(application, (name, present) -> {
            Set<Subscription> subscriptions = present == null ? ConcurrentHashMap.newKeySet() : present;
            subscriptions.add(subscription);
            return subscriptions;
        });
        return subscription;
    }

    /** Tells of every event that has become readable. */
    public Subscription ofAll() {
        var subscription = new Subscription(Optional.empty());
        toAll.add(subscription);
        return subscription;
    }

    /** The applications look different now. */
    public void changed(Collection<ApplicationName> applications) {
        if (byApplication.isEmpty()) {
            return;
        }
        for (var application : applications) {
            byApplication.getOrDefault(application, Set.of()).forEach(Subscription::wake);
        }
    }

    /** There are new events. */
    public void grown() {
        toAll.forEach(Subscription::wake);
    }

    /** For one reader. */
    public final class Subscription implements AutoCloseable {

        private final Optional<ApplicationName> application;
        private boolean woken;
        private boolean closed;

        private Subscription(Optional<ApplicationName> application) {
            this.application = application;
        }

        private synchronized void wake() {
            woken = true;
            notifyAll();
        }

        /**
         * Waits for a change since the last call that returned true, and takes note of it.
         *
         * @return false if the time was up, or the subscription was closed
         */
        public synchronized boolean await(long atMostMillis) throws InterruptedException {
            long end = System.nanoTime() + atMostMillis * 1_000_000;
            while (!woken && !closed) {
                long restMillis = (end - System.nanoTime()) / 1_000_000;
                if (restMillis <= 0) {
                    return false;
                }
                wait(restMillis);
            }
            woken = false;
            return !closed;
        }

        public synchronized boolean isClosed() {
            return closed;
        }

        @Override
        public void close() {
            synchronized (this) {
                closed = true;
                notifyAll();
            }
            toAll.remove(this);
            application.ifPresent(name -> byApplication.computeIfPresent(name, (key, present) -> {
                present.remove(this);
                return present.isEmpty() ? null : present;
            }));
        }
    }
}
