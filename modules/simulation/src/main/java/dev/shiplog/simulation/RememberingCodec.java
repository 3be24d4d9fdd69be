package dev.shiplog.simulation;

import dev.shiplog.domain.Recorded;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes that hold the hash before them and a claim check; the events themselves stay in the JVM. */
final class RememberingCodec<E> implements LinkedCodec<E> {

    private final List<Recorded<E>> events = new ArrayList<>();

    @Override
    public StoredEvent encode(StreamName stream, Hash previous, Recorded<E> event) {
        events.add(event);
        var text = previous.hex() + " " + (events.size() - 1);
        return new StoredEvent(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Recorded<E> decode(StoredEvent stored) {
        var text = text(stored);
        return events.get(Integer.parseInt(text.substring(text.indexOf(' ') + 1)));
    }

    @Override
    public Hash previous(StoredEvent stored) {
        var text = text(stored);
        return new Hash(text.substring(0, text.indexOf(' ')));
    }

    private static String text(StoredEvent stored) {
        return new String(stored.bytes(), StandardCharsets.UTF_8);
    }
}
