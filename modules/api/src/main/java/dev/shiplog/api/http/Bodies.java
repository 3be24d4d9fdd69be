package dev.shiplog.api.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the bodies of requests into memory as long as all that are in hand stay within their bound; who comes then is told
 * to come back, before a byte is kept. A body counts with the size that it declares, or else with the most that it may
 * have until it is read and its size is known; it counts until its request is answered and nobody works on it any more: a
 * client that leaves takes nothing along.
 */
public final class Bodies implements Handler<RoutingContext> {

    /** Whoever sends more slowly than this must not keep the room of others. */
    private static final long READ_MILLIS = 60_000;

    private static final String HELD = Bodies.class.getName();

    private final BodyHandler reading;
    private final long mostBytes;
    private final long mostAtOnce;
    private final AtomicLong inHand = new AtomicLong();

    /**
     * @param mostBytes of one body
     * @param mostAtOnce bytes of all together; one alone is let in, whatever its size
     */
    public Bodies(long mostBytes, long mostAtOnce) {
        this.reading = BodyHandler.create(false).setBodyLimit(mostBytes);
        this.mostBytes = mostBytes;
        this.mostAtOnce = mostAtOnce;
    }

    @Override
    public void handle(RoutingContext routing) {
        var request = routing.request();
        long bytes = declared(request);
        long all = inHand.addAndGet(bytes);
        if (all > mostAtOnce && all > bytes) {
            inHand.addAndGet(-bytes);
            Exchange.problem(Desk.busy().problem(), routing.response(), request);
            return;
        }
        var body = new Held(bytes);
        routing.put(HELD, body);
        var isOpen = new AtomicBoolean(true);
        long slow = routing.vertx().setTimer(READ_MILLIS, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        routing.addEndHandler(ended -> {
            if (isOpen.getAndSet(false)) {
                routing.vertx().cancelTimer(slow);
                body.leave();
            }
        });
        reading.handle(routing);
    }

    /** The same work, and the body counts for as long as it takes. */
    public Desk.Work holding(Desk.Work work) {
        return exchange -> {
            Held body = exchange.routing().get(HELD);
            body.take(Math.max(0, exchange.routing().body().length()));
            try {
                work.answer(exchange);
            } finally {
                body.leave();
            }
        };
    }

    /** By its request at first. */
    private final class Held {

        private long bytes;
        private int holders = 1;

        Held(long bytes) {
            this.bytes = bytes;
        }

        /** @param read how many it turned out to be */
        synchronized void take(long read) {
            inHand.addAndGet(holders == 0 ? read : read - bytes);
            bytes = read;
            holders++;
        }

        synchronized void leave() {
            holders--;
            if (holders == 0) {
                inHand.addAndGet(-bytes);
            }
        }
    }

    private long declared(HttpServerRequest request) {
        var length = request.getHeader("content-length");
        return length != null && length.matches("\\d{1,18}") ? Math.min(Long.parseLong(length), mostBytes) : mostBytes;
    }
}
