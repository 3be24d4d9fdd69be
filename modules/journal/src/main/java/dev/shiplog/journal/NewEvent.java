package dev.shiplog.journal;

import dev.shiplog.engine.stream.StoredEvent;

/**
 * An event on its way into the journal.
 *
 * @param sequenceNumber its place in the stream, from 1
 * @param writer the incarnation of the actor that writes it
 */
public record NewEvent(String stream, long sequenceNumber, StoredEvent event, String writer) {}
