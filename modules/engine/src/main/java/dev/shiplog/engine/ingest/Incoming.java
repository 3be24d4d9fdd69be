package dev.shiplog.engine.ingest;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.application.ApplicationCommand;

/** A command as it came in, understood and for one application. */
public record Incoming(
        ApplicationName application, CommandId id, Principal principal, String reason, ApplicationCommand command) {}
