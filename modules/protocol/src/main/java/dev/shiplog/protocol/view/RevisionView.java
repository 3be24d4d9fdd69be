package dev.shiplog.protocol.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One revision in the history.
 *
 * @param application {@code namespace/name}
 * @param actor who asked
 * @param reason why, as the submitter said; may be empty
 * @param origin {@code apply}, {@code set image}, {@code restart} or {@code undo to revision N}
 * @param outcome {@code InProgress}, {@code Completed}, {@code Failed}, {@code Aborted}, {@code Superseded} or {@code Removed}
 * @param deleted the deletion of the application with this as its newest revision; absent while that is there
 */
public record RevisionView(
        String application,
        int revision,
        String cause,
        String actor,
        String reason,
        Instant time,
        List<String> images,
        String origin,
        String outcome,
        List<OnCluster> clusters,
        @Nullable Deletion deleted) {

    /** @param message why it failed there; empty otherwise */
    public record OnCluster(String name, String outcome, String message) {}

    /**
     * @param actor who asked for it
     * @param reason why, as the submitter said; may be empty
     * @param time when it was asked for
     */
    public record Deletion(String actor, String reason, Instant time) {}
}
