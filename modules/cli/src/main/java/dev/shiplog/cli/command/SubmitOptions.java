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
            description =
                    "Wait until it is carried out on every cluster: exit code 0 when healthy, 1 when not. A rollout "
                            + "that waits until somebody promotes it is carried out as far as it goes: exit code 0 as well.")
    boolean waits;

    @Option(
            names = "--wait-for-promotion",
            description = "As --wait, and go on waiting while a rollout waits until somebody promotes it.")
    boolean waitsForPromotion;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long to wait, e.g. 90s or 5m; then exit code 124. Default: 5m.")
    @Nullable Duration timeout;

    @Mixin
    OutputOption output = new OutputOption();

    boolean waits() {
        return waits || waitsForPromotion;
    }

    Following.Goal goal(Following.Goal usual) {
        return waitsForPromotion && usual == Following.Goal.ROLLED_OUT ? Following.Goal.PROMOTED : usual;
    }

    Duration timeout() {
        return timeout == null ? Duration.ofMinutes(5) : timeout;
    }
}
