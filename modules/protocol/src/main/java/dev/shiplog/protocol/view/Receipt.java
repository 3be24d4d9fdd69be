package dev.shiplog.protocol.view;

/**
 * What became of a command.
 *
 * @param status {@code accepted}, {@code refused}, or {@code pending} where the outcome was not known in time
 * @param code of a refusal; else empty
 */
public record Receipt(
        String commandId,
        String source,
        String application,
        String status,
        int revision,
        String code,
        String message) {}
