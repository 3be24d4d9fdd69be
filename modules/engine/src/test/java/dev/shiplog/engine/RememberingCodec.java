package dev.shiplog.engine;

import dev.shiplog.domain.Recorded;
import dev.shiplog.engine.stream.EventCodec;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A codec whose bytes are only a claim check: the events themselves stay in this JVM. */
public final class RememberingCodec<E> implements EventCodec<E> {

    private final Map<String, Recorded<E>> events = new ConcurrentHashMap<>();

    @Override
    public StoredEvent encode(StreamName stream, Hash previous, Recorded<E> event) {
        var check = UUID.randomUUID().toString();
        events.put(check, event);
        return new StoredEvent(check.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Recorded<E> decode(StoredEvent stored) {
        return Optional.ofNullable(events.get(new String(stored.bytes(), StandardCharsets.UTF_8)))
                .orElseThrow(() -> new IllegalArgumentException("no such event"));
    }
}
