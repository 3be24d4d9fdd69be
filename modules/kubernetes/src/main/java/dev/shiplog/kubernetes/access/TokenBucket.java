package dev.shiplog.kubernetes.access;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A limit of requests per second that allows a burst after a rest. Who comes is told how long to wait, and is served in the order of coming.
 *
 * <p>It keeps the moment at which the bucket would be full again. Each request moves it by one interval; what lies
 * further ahead than a full bucket takes to fill is the time to wait. Example: 2 per second, burst 3. Three requests at
 * once go through (full again in 1.5 s), the fourth would move that to 2.0 s and waits for 0.5 s.
 */
public final class TokenBucket {

    private final long intervalNanos;
    private final long fillNanos;
    private final LongSupplier nanoTime;
    private long fullAt;

    public TokenBucket(double perSecond, int burst, LongSupplier nanoTime) {
        this.intervalNanos = Math.round(1e9 / perSecond);
        this.fillNanos = intervalNanos * burst;
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    /** Takes one and says for how many nanoseconds to wait before it is used. */
    public synchronized long reserve() {
        long now = nanoTime.getAsLong();
        if (fullAt - now < 0) {
            fullAt = now;
        }
        fullAt += intervalNanos;
        return Math.max(0, fullAt - now - fillNanos);
    }

    /** Takes one and waits until it may be used; who is interrupted gives it back. */
    void take() throws InterruptedException {
        long nanos = reserve();
        try {
            Thread.sleep(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            giveBack();
            throw e;
        }
    }

    synchronized void giveBack() {
        fullAt -= intervalNanos;
    }

    /** Nothing more for a while: the server has asked for it. */
    public synchronized void hold(long nanos) {
        long earliest = nanoTime.getAsLong() + nanos + fillNanos;
        if (earliest - fullAt > 0) {
            fullAt = earliest;
        }
    }
}
