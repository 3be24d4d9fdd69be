package dev.shiplog.kubernetes;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Observation.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One write after another for each application, writes of different applications side by side.
 *
 * <p>At most one write of a kind waits per application, so that what is kept is bounded by the number of applications. A
 * newer one takes the place of all that wait with an older mark, of either kind: an apply that waited behind a delete
 * would bring back what the delete has taken away. It also interrupts the one that runs if that is of an older one,
 * but a deletion lets that end: a request that is broken off here may still be carried out there, after the deletion.
 * An overtaken write is told so, unless the one that takes its place is of the same mark and answers for both.
 */
final class Lanes {

    enum Kind {
        APPLY,
        DELETE
    }

    /** A write, on a thread of its own. */
    interface Work {
        Mark mark();

        void run() throws InterruptedException;

        void overtaken(Mark by);
    }

    private static final class Lane {
        private final Map<Kind, Work> waiting = new HashMap<>();
        private @Nullable Work running;
        private @Nullable Thread thread;

        Mark newestWaiting(Mark atLeast) {
            return waiting.values().stream().map(Work::mark).reduce(atLeast, Lanes::newer);
        }

        List<Work> removeOlderThan(Mark mark) {
            var older = waiting.values().stream()
                    .filter(work -> work.mark().compareTo(mark) < 0)
                    .toList();
            waiting.values().removeAll(older);
            return older;
        }
    }

    private final Executor executor;
    private final Map<ApplicationName, Lane> lanes = new HashMap<>();

    Lanes(Executor executor) {
        this.executor = executor;
    }

    void submit(ApplicationName application, Kind kind, Work work) {
        var overtaken = new ArrayList<Work>();
        Mark by;
        boolean begins = false;
        synchronized (lanes) {
            var lane = lanes.computeIfAbsent(application, absent -> new Lane());
            by = lane.newestWaiting(work.mark());
            if (by.compareTo(work.mark()) > 0) {
                overtaken.add(work);
            } else {
                overtaken.addAll(lane.removeOlderThan(by));
                lane.waiting.put(kind, work);
                var running = lane.running;
                if (running == null) {
                    begins = true;
                    lane.running = work;
                } else if (running.mark().compareTo(by) < 0 && lane.thread != null && kind != Kind.DELETE) {
                    lane.thread.interrupt();
                }
            }
        }
        for (var older : overtaken) {
            older.overtaken(by);
        }
        if (begins) {
            begin(application);
        }
    }

    private void begin(ApplicationName application) {
        try {
            executor.execute(() -> runNext(application));
        } catch (RejectedExecutionException e) {
            synchronized (lanes) {
                lanes.remove(application);
            }
        }
    }

    private void runNext(ApplicationName application) {
        Work work;
        synchronized (lanes) {
            var lane = lanes.get(application);
            if (lane == null) {
                return;
            }
            work = lane.waiting.values().stream()
                    .max(Comparator.comparing(Work::mark))
                    .orElse(null);
            if (work == null) {
                lanes.remove(application);
                return;
            }
            lane.waiting.values().remove(work);
            lane.running = work;
            lane.thread = Thread.currentThread();
        }
        try {
            work.run();
        } catch (InterruptedException e) {
            work.overtaken(newestWaiting(application, work.mark()));
        } finally {
            synchronized (lanes) {
                var lane = lanes.get(application);
                if (lane != null) {
                    lane.thread = null;
                }
            }
            // On a thread of its own, so that an interruption of this work can't hit the next.
            begin(application);
        }
    }

    private static Mark newer(Mark one, Mark other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private Mark newestWaiting(ApplicationName application, Mark atLeast) {
        synchronized (lanes) {
            var lane = lanes.get(application);
            return lane == null ? atLeast : lane.newestWaiting(atLeast);
        }
    }
}
