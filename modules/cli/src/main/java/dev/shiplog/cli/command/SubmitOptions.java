package dev.shiplog.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command is given: why, and whether to wait until it is carried out. */
final class SubmitOptions {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept in the history for ever.")
    String reason = "";

    @Option(
            names = "--wait",
            description = "Wait until it is carried out on every cluster: exit code 0 when healthy, 1 when not.")
    boolean waits;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long to wait, e.g. 90s or 5m; then exit code 124. Default: 5m.")
    @Nullable Duration timeout;

    @Mixin
    OutputOption output = new OutputOption();

    Duration timeout() {
        return timeout == null ? Duration.ofMinutes(5) : timeout;
    }
}
