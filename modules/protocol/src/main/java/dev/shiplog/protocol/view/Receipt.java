package dev.shiplog.protocol.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param status {@code accepted}, {@code refused}, or {@code pending} where the outcome was not known in time
 * @param revision that the command made or found, the first of several; 0 where there is none
 * @param revisions that the command made: one for each content that its clusters started from
 * @param code of a refusal; else empty
 */
public record Receipt(
        String commandId,
        String source,
        String application,
        String status,
        int revision,
        List<Made> revisions,
        String code,
        String message) {

    public Receipt(
            String commandId,
            String source,
            String application,
            String status,
            int revision,
            @Nullable List<Made> revisions,
            String code,
            String message) {
        this.commandId = commandId;
        this.source = source;
        this.application = application;
        this.status = status;
        this.revision = revision;
        // A server of before this was told leaves it out.
        this.revisions = revisions == null ? List.of() : List.copyOf(revisions);
        this.code = code;
        this.message = message;
    }

    /** A new revision, and the clusters that it goes to. */
    public record Made(int revision, List<String> clusters) {}
}
