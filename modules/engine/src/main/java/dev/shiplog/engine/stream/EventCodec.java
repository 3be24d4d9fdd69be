package dev.shiplog.engine.stream;

import dev.shiplog.domain.Recorded;

/** Turns events of one kind of stream into the bytes that are kept, and back. */
public interface EventCodec<E> {

    /** @param previous hash of the event before it in the stream */
    StoredEvent encode(StreamName stream, Hash previous, Recorded<E> event);

    /** @throws IllegalArgumentException if the bytes are no event of this kind */
    Recorded<E> decode(StoredEvent stored);
}
