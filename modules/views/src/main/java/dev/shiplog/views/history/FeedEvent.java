package dev.shiplog.views.history;

/**
 * An event as the journal hands it out.
 *
 * @param offset its place in the order of all events; grows, with gaps
 * @param stream {@code application/NAMESPACE/NAME} or {@code rollout/CLUSTER/NAMESPACE/NAME}
 * @param sequence its place in the stream, from 1
 * @param bytes exactly as stored, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record FeedEvent(long offset, String stream, long sequence, byte[] bytes) {}
