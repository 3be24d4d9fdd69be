package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a controller has yet to look at, each at most once however often it is added. Work that is refused is
 * tried again after 5 ms, 10 ms, 20 ms and so on up to a limit, as Kubernetes' own queues do; looking at a key again
 * without a refusal forgets its failures. Costs nothing while there is nothing to do.
 */
public final class WorkQueue<K> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(5);
    private static final int MOST_DOUBLINGS = 16;

    private record Appointment(Instant at, Timers.Scheduled timer) {}

    private final Timers timers;
    private final Consumer<K> work;
    private final Set<K> waiting = new HashSet<>();
    private final Map<K, Appointment> appointments = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();

    public WorkQueue(Timers timers, Consumer<K> work) {
        this.timers = timers;
        this.work = work;
    }

    /** Has every object of the kind that there is looked at, and each that changes from now on. */
    public static void follow(WorkQueue<ObjectKey> queue, Store store, Kind kind) {
        store.subscribe(kind, change -> queue.add(change.key()));
        store.list(kind).forEach(object -> queue.add(ObjectKey.of(kind, object)));
    }

    public void add(K key) {
        if (waiting.add(key)) {
            timers.execute(() -> run(key));
        }
    }

    /** Adds the key once the delay has passed; only the earliest such appointment of a key is kept. */
    public void addAfter(K key, Duration delay) {
        Instant at = timers.now().plus(delay);
        Appointment earlier = appointments.get(key);
        if (earlier != null) {
            if (!earlier.at().isAfter(at)) {
                return;
            }
            earlier.timer().cancel();
        }
        appointments.put(key, new Appointment(at, timers.schedule(delay, () -> {
            appointments.remove(key);
            add(key);
        })));
    }

    /** The key's object has gone: nothing more is owed to it. */
    public void forget(K key) {
        failures.remove(key);
        Appointment appointment = appointments.remove(key);
        if (appointment != null) {
            appointment.timer().cancel();
        }
    }

    private void run(K key) {
        waiting.remove(key);
        try {
            work.accept(key);
            failures.remove(key);
        } catch (StatusException refused) {
            LOG.debug("{} is tried again: {}", key, refused.getMessage());
            retry(key);
        } catch (RuntimeException bug) {
            LOG.error("{} could not be worked on and is tried again", key, bug);
            retry(key);
        }
    }

    private void retry(K key) {
        int before = failures.merge(key, 1, Integer::sum) - 1;
        addAfter(key, FIRST_RETRY.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS)));
    }
}
