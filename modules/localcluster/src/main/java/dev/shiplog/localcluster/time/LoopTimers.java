package dev.shiplog.localcluster.time;

import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;

/** Real time on one Vert.x event loop, which a cluster shares with others. */
public final class LoopTimers implements Timers {
    private final Context context;
    private volatile boolean stopped;

    public LoopTimers(Context context) {
        this.context = context;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(ignored -> {
            if (!stopped) {
                task.run();
            }
        });
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        Pending pending = new Pending(task);
        long millis = Math.max(1, delay.toMillis());
        long id = context.owner().setTimer(millis, ignored -> context.runOnContext(alsoIgnored -> pending.run()));
        return () -> {
            pending.cancelled = true;
            context.owner().cancelTimer(id);
        };
    }

    private final class Pending {
        private final Runnable task;
        private volatile boolean cancelled;

        Pending(Runnable task) {
            this.task = task;
        }

        void run() {
            if (!cancelled && !stopped) {
                task.run();
            }
        }
    }
}
