package dev.shiplog.protocol.view;

import java.time.Instant;

/**
 * One event of the journal, for people and for streams.
 *
 * @param offset where a reader goes on from
 * @param stream {@code application/NAMESPACE/NAME} or {@code rollout/CLUSTER/NAMESPACE/NAME}
 * @param type of the event, e.g. {@code ReleaseCreated}
 * @param summary one line for people
 */
public record EventView(
        String offset,
        String stream,
        long sequence,
        Instant time,
        String actor,
        String reason,
        String commandId,
        String type,
        String summary) {}
