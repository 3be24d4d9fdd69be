package dev.shiplog.journal;

import java.time.Instant;

/**
 * An event as it lies in the journal.
 *
 * @param position       its place in the order of all events; grows, with gaps
 * @param stream         whose event it is, such as {@code application|default/hello}
 * @param sequenceNumber its place in the stream, from 1, without gaps
 * @param type           the name of the event
 * @param payload        its exact bytes, not to be changed
 * @param writtenAt      when the database took it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes by the million; equality is by position
public record StoredEvent(
        long position, String stream, long sequenceNumber, String type, byte[] payload, Instant writtenAt) {

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredEvent event && event.position == position;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(position);
    }

    @Override
    public String toString() {
        return "%s#%d %s (%d bytes, position %d)".formatted(stream, sequenceNumber, type, payload.length, position);
    }
}
