package dev.shiplog.cli.api;

import dev.shiplog.cli.Failure;
import dev.shiplog.protocol.view.AppView;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Follows one application by server-sent events. A connection that breaks is opened again, with growing pauses, and the
 * reader is told; a refusal ends the watch, and so does an address where nothing has answered yet. A reader that is slow holds the stream back: no more than
 * {@value #WAITING_MAX} sightings wait for it.
 */
public final class Watch implements AutoCloseable {

    /** What the watch has seen. */
    public sealed interface Sighting {
        record Shown(AppView app) implements Sighting {}

        record Deleted() implements Sighting {}

        /** @param reason why what is shown is old from now on; empty: it no longer is */
        record Stale(String reason) implements Sighting {}

        record Lost(String why) implements Sighting {}

        record Refused(Failure failure) implements Sighting {}
    }

    private static final int WAITING_MAX = 64;
    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final ShiplogApi api;
    private final String path;
    private final boolean mayAppearLater;
    private final BlockingQueue<Sighting> sightings = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread reader;
    private boolean toldLost;
    private volatile boolean closed;
    private volatile @Nullable InputStream stream;

    /** @param mayAppearLater wait for an application that the server does not show yet, instead of refusing */
    public Watch(ShiplogApi api, String namespace, String name, boolean mayAppearLater) {
        this.api = api;
        this.path = ShiplogApi.path("apps", namespace, name, "watch");
        this.mayAppearLater = mayAppearLater;
        this.reader = Thread.ofVirtual().name("watch " + namespace + "/" + name).start(this::read);
    }

    /** The next sighting, or none within the time. */
    public Optional<Sighting> next(Duration atMost) {
        try {
            return Optional.ofNullable(sightings.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.refused("interrupted", e);
        }
    }

    private void read() {
        var pause = PAUSE_MIN;
        try {
            while (!closed) {
                try (var opened = api.open(path, null);
                        var events = new ServerSentEvents(opened)) {
                    stream = opened;
                    for (var event = events.next(); event.isPresent(); event = events.next()) {
                        pause = PAUSE_MIN;
                        toldLost = false;
                        tell(event.get());
                    }
                    lost("the server ended the stream");
                } catch (IOException e) {
                    if (!api.hasAnswered()) {
                        sightings.put(new Sighting.Refused(api.unreachable(e)));
                        return;
                    }
                    lost(api.unreachable(e).sentence());
                } catch (Failure refusal) {
                    if (!mayAppearLater || !refusal.code().equals("unknown-application")) {
                        sightings.put(new Sighting.Refused(refusal));
                        return;
                    }
                }
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(ServerSentEvents.Event event) throws InterruptedException {
        switch (event.name()) {
            case "app" -> {
                try {
                    sightings.put(new Sighting.Shown(ShiplogApi.JSON.readValue(event.data(), AppView.class)));
                } catch (JacksonException e) {
                    sightings.put(new Sighting.Refused(Failure.refused(
                            "the server's answer is not understood (" + e.getOriginalMessage() + ")", e)));
                }
            }
            case "stale" ->
                sightings.put(new Sighting.Stale(
                        ShiplogApi.JSON.readTree(event.data()).path("reason").asString("")));
            case "deleted" -> sightings.put(new Sighting.Deleted());
            default -> {
                // A kind of event that this command line does not know yet.
            }
        }
    }

    /** Told once, until something is seen again. */
    private void lost(String why) throws InterruptedException {
        if (!closed && !toldLost) {
            toldLost = true;
            sightings.put(new Sighting.Lost(why));
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        var open = stream;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is being left anyway.
            }
        }
    }
}
