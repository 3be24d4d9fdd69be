package dev.shiplog.protocol;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;

/** What was made of the bytes of a command. */
public sealed interface Reading {

    /** @param reason why, for the history; may be empty */
    record Understood(
            ApplicationName application, CommandId id, Principal principal, String reason, ApplicationCommand command)
            implements Reading {}

    /**
     * @param code for programs: {@code unsupported-content-type}, {@code malformed}, {@code missing-field},
     *     {@code unknown-field}, {@code invalid-field} or {@code key-mismatch}
     * @param message for people: where, what, and what to do
     */
    record NotUnderstood(String code, String message) implements Reading {}
}
