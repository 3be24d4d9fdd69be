package dev.shiplog.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.shiplog.journal.JournalLimits;
import dev.shiplog.kafka.IntakeLimits;

/**
 * What may be in memory at once, by the names of {@code shiplog.limits} in the configuration; what each is for stands in
 * {@code shiplog-defaults.conf}.
 */
public record Limits(IntakeLimits intake, JournalLimits journal, int waitingSubmitters, int requestsPerCluster) {

    /** Those of the defaults. */
    public static Limits usual() {
        return of(ConfigFactory.parseResources("shiplog-defaults.conf").getConfig("shiplog.limits"));
    }

    static Limits of(Config limits) {
        return new Limits(
                IntakeLimits.of(limits.getInt("commands"), limits.getBytes("command-bytes")),
                new JournalLimits(limits.getInt("journal-writes"), limits.getBytes("journal-bytes")),
                limits.getInt("waiting-submitters"),
                limits.getInt("requests-per-cluster"));
    }
}
