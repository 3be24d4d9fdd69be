package dev.shiplog.journal;

import dev.shiplog.engine.stream.StoredEvent;
import java.time.Instant;

/**
 * An event as it lies in the journal.
 *
 * @param position its place in the order of all events; grows, with gaps
 * @param stream whose event it is, such as {@code application/default/hello}
 * @param sequenceNumber its place in the stream, from 1, without gaps
 * @param writtenAt when the database took it
 */
public record Entry(long position, String stream, long sequenceNumber, StoredEvent event, Instant writtenAt) {

    /** The name of the event is within its bytes; this is for logs. */
    @Override
    public String toString() {
        return "%s#%d (position %d)".formatted(stream, sequenceNumber, position);
    }
}
