package dev.shiplog.api.http;

import dev.shiplog.api.http.Problems.Refused;
import dev.shiplog.views.ReadModelUnavailable;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that may block, each piece on a virtual thread: so many at once, so many in the queue, and whoever comes then is
 * told to come back. What goes wrong becomes a problem; what nobody thought of is logged, and not told.
 */
public final class Desk implements AutoCloseable {

    /** Answers one request; may block. */
    @FunctionalInterface
    public interface Work {
        void answer(Exchange exchange) throws IOException, InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    private static final long WAIT_SECONDS = 10;

    private final ExecutorService threads;
    private final Semaphore atOnce;
    private final AtomicInteger inHand = new AtomicInteger();
    private final int inHandMax;

    public Desk(String name, int atOnce, int waiting) {
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.atOnce = new Semaphore(atOnce);
        this.inHandMax = (int) Math.min(Integer.MAX_VALUE, (long) atOnce + waiting);
    }

    public Handler<RoutingContext> answering(Work work) {
        return routing -> take(routing, work);
    }

    private void take(RoutingContext routing, Work work) {
        var exchange = new Exchange(routing, routing.vertx().getOrCreateContext());
        if (inHand.incrementAndGet() > inHandMax) {
            inHand.decrementAndGet();
            exchange.problem(busy().problem());
            return;
        }
        threads.execute(() -> {
            try {
                if (!atOnce.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                    throw busy();
                }
                try {
                    work.answer(exchange);
                } finally {
                    atOnce.release();
                }
            } catch (InterruptedException e) {
                exchange.onEventLoop(() -> exchange.problem(ending().problem()));
            } catch (IOException e) {
                log.debug("A client left: {}", e.getMessage());
            } catch (RuntimeException e) {
                exchange.onEventLoop(() -> exchange.problem(refusal(routing, e).problem()));
            } finally {
                inHand.decrementAndGet();
            }
        });
    }

    private static Refused refusal(RoutingContext routing, RuntimeException trouble) {
        if (trouble instanceof Refused refused) {
            return refused;
        }
        if (trouble instanceof ReadModelUnavailable) {
            log.warn("{} could not be answered", routing.request().path(), trouble);
            return Problems.refused(
                    503, "unavailable", "the database does not answer just now; what was submitted is not lost");
        }
        log.error("{} {} failed", routing.request().method(), routing.request().path(), trouble);
        return Problems.refused(
                500, "internal", "something went wrong that nobody thought of; the server's log has more");
    }

    static Refused busy() {
        return Problems.refused(503, "busy", "more requests than can be answered at once; try again in a moment");
    }

    private static Refused ending() {
        return Problems.refused(503, "ending", "Shiplog is about to end; try again once it is back");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
