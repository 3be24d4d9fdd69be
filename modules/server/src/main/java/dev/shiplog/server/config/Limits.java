package dev.shiplog.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.shiplog.api.ApiLimits;
import dev.shiplog.domain.application.Application;
import dev.shiplog.engine.ActorLimits;
import dev.shiplog.journal.JournalLimits;
import dev.shiplog.kafka.IntakeLimits;
import dev.shiplog.kafka.TransferLimits;
import dev.shiplog.kubernetes.GatewayLimits;
import java.time.Duration;

/**
 * What may be in memory at once, by the names of {@code shiplog.limits} in the configuration; what each is for stands in
 * {@code shiplog-defaults.conf}.
 */
public record Limits(
        IntakeLimits intake,
        TransferLimits transfers,
        JournalLimits journal,
        ActorLimits actors,
        GatewayLimits gateway,
        ApiLimits api) {

    static final String DEFAULTS = "shiplog-defaults.conf";

    private static final int LEAST_SEND_BYTES = 8 * 1024 * 1024;
    private static final Duration LONGEST_IDLE = Duration.ofDays(1);

    /** Those of the defaults. */
    public static Limits usual() {
        return of(ConfigFactory.parseResources(DEFAULTS).getConfig("shiplog.limits"));
    }

    /** @throws IllegalArgumentException which names the setting that can't be as it is, and what it may be */
    static Limits of(Config limits) {
        return new Limits(
                IntakeLimits.of(
                        number(limits, "commands", 1),
                        bytes(limits, "command-bytes", 1),
                        repeated(limits, "repeated-commands")),
                new TransferLimits(
                        (int) Math.min(Integer.MAX_VALUE, bytes(limits, "fetch-bytes", 1)),
                        bytes(limits, "send-bytes", LEAST_SEND_BYTES)),
                new JournalLimits(
                        number(limits, "journal-writes", 1),
                        bytes(limits, "journal-bytes", 1),
                        number(limits, "recoveries", 1),
                        number(limits, "follower-events", 1),
                        bytes(limits, "follower-bytes", 1)),
                new ActorLimits(
                        number(limits, "application-messages", 1),
                        number(limits, "rollout-messages", 1),
                        idle(limits, "idle")),
                new GatewayLimits(number(limits, "requests-per-cluster", 1), number(limits, "changes-per-cluster", 1)),
                new ApiLimits(
                        number(limits, "connections", 1),
                        number(limits, "reads", 1),
                        number(limits, "waiting-reads", 0),
                        number(limits, "submissions", 1),
                        bytes(limits, "submission-bytes", 1),
                        number(limits, "streams", 1)));
    }

    private static int number(Config limits, String name, int least) {
        int number = limits.getInt(name);
        if (number < least) {
            throw wrong(name, number, "at least " + least);
        }
        return number;
    }

    private static long bytes(Config limits, String name, long least) {
        long bytes = limits.getBytes(name);
        if (bytes < least) {
            throw wrong(name, bytes + " bytes", "at least " + least + " bytes");
        }
        return bytes;
    }

    private static int repeated(Config limits, String name) {
        int repeated = limits.getInt(name);
        if (repeated < 2 || repeated > Application.REMEMBERED_COMMANDS) {
            throw wrong(
                    name,
                    repeated,
                    "from 2 to " + Application.REMEMBERED_COMMANDS
                            + ": an application recognises its latest " + Application.REMEMBERED_COMMANDS
                            + " commands when Kafka hands them out again after a crash, and no more");
        }
        return repeated;
    }

    private static Duration idle(Config limits, String name) {
        var idle = limits.getDuration(name);
        if (!idle.isPositive() || idle.compareTo(LONGEST_IDLE) > 0) {
            throw wrong(name, idle.toMillis() + " ms", "above 0 and at most a day");
        }
        return idle;
    }

    private static IllegalArgumentException wrong(String name, Object value, String allowed) {
        return new IllegalArgumentException("shiplog.limits." + name + " is " + value + "; it must be " + allowed);
    }
}
