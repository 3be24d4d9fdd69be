package dev.shiplog.engine.cluster;

import dev.shiplog.domain.application.ApplicationCommand;

/**
 * How a generation of an assignment ended.
 *
 * @param correlation of the assignment
 */
public record Reported(ApplicationCommand.Report report, String correlation) {}
