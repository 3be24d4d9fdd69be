package dev.shiplog.api.http;

import dev.shiplog.views.ReadModelUnavailable;
import dev.shiplog.views.live.Changes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events: something is shown at once, and again whenever it may have changed, at most ten times a second,
 * and now and then though nothing is known to have. A
 * reader that is slow, or a change that follows close upon another, costs the steps between and nothing else. Silence is
 * broken by comments, so that both ends know of each other.
 */
public final class Streams implements AutoCloseable {

    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final long BETWEEN_MILLIS = 100;
    private static final long AGAIN_MILLIS = 1_000;

    /** What is shown; called once at first, once after changes, and now and then: it shows only what is new. */
    @FunctionalInterface
    public interface Show {
        /** Whether there may be more to show. */
        boolean show(Sink sink) throws IOException, InterruptedException;
    }

    /** Where events go. */
    public static final class Sink {

        private final Exchange exchange;

        private Sink(Exchange exchange) {
            this.exchange = exchange;
        }

        public void send(String events) throws IOException, InterruptedException {
            exchange.write(events);
        }
    }

    private final long heartbeatMillis;
    private final Supplier<Optional<String>> stale;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    /** @param stale why what is shown is old, while it is */
    public Streams(Supplier<Optional<String>> stale) {
        this(HEARTBEAT_MILLIS, stale);
    }

    Streams(long heartbeatMillis, Supplier<Optional<String>> stale) {
        this.heartbeatMillis = heartbeatMillis;
        this.stale = stale;
    }

    /** Goes on until there is nothing more to show, or the client is gone. Closes the subscription. */
    public void run(Exchange exchange, Changes.Subscription changes, Show show)
            throws IOException, InterruptedException {
        var stream = new Stream(changes);
        open.add(stream);
        try {
            exchange.onClose(stream::close);
            exchange.begin("text/event-stream");
            exchange.write("retry: 1000\n\n");
            boolean goesOn = shown(exchange, stream, show);
            var told = Optional.<String>empty();
            while (goesOn && !changes.isClosed()) {
                told = dated(exchange, told);
                if (changes.await(heartbeatMillis)) {
                    goesOn = shown(exchange, stream, show);
                    stream.closed.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
                } else if (!changes.isClosed()) {
                    exchange.write(": still here\n\n");
                    // Some things come to be true by time alone: that nobody is behind a Service for so long, say.
                    goesOn = shown(exchange, stream, show);
                }
            }
            if (stream.closed.getCount() > 0) {
                exchange.end();
            }
        } finally {
            stream.close();
            open.remove(stream);
        }
    }

    /** Says when what is shown has become old, and, without a reason, when it is no longer. */
    private Optional<String> dated(Exchange exchange, Optional<String> told) throws IOException, InterruptedException {
        var now = stale.get();
        if (!now.equals(told)) {
            exchange.write(event("stale", "", Wire.json(Map.of("reason", now.orElse("")))));
        }
        return now;
    }

    /** While the database is away there is nothing to show; what changed meanwhile is shown after. */
    private static boolean shown(Exchange exchange, Stream stream, Show show) throws IOException, InterruptedException {
        var sink = new Sink(exchange);
        while (true) {
            try {
                return show.show(sink);
            } catch (ReadModelUnavailable e) {
                exchange.write(": the database does not answer\n\n");
                if (stream.closed.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
    }

    /** One event; {@code name} and {@code id} are left out where they are empty. */
    public static String event(String name, String id, String data) {
        return (id.isEmpty() ? "" : "id: " + id + "\n")
                + (name.isEmpty() ? "" : "event: " + name + "\n")
                + "data: " + data + "\n\n";
    }

    @Override
    public void close() {
        open.forEach(Stream::close);
    }

    private static final class Stream {

        private final Changes.Subscription changes;
        private final CountDownLatch closed = new CountDownLatch(1);

        private Stream(Changes.Subscription changes) {
            this.changes = changes;
        }

        private void close() {
            closed.countDown();
            changes.close();
        }
    }
}
