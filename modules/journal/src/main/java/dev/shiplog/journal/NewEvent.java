package dev.shiplog.journal;

/**
 * An event on its way into the journal.
 *
 * @param payload its exact bytes, not to be changed
 * @param writer  the incarnation of the actor that writes it
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the database, never compared
public record NewEvent(String stream, long sequenceNumber, String type, byte[] payload, String writer) {}
