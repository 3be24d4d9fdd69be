package dev.shiplog.localcluster.traffic;

import dev.shiplog.localcluster.json.StrictObject;
import java.time.Duration;
import java.util.List;

/**
 * How well an image answers.
 *
 * @param errorRate the share of requests that are answered with 500, from 0 to 1
 * @param latency before each answer
 */
public record Quality(double errorRate, Duration latency) {
    private static final long LONGEST_LATENCY_MILLIS = 3_600_000;

    public static final Quality GOOD = new Quality(0, Duration.ZERO);

    public Quality {
        if (errorRate < 0 || errorRate > 1 || latency.isNegative()) {
            throw new IllegalArgumentException("error rate " + errorRate + ", latency " + latency);
        }
    }

    /** @throws IllegalArgumentException with a sentence for whoever sent what cannot be */
    static Quality of(String body) {
        StrictObject wanted = StrictObject.of(body, List.of("errorRate", "latencyMillis"));
        return new Quality(
                wanted.share("errorRate"), Duration.ofMillis(wanted.whole("latencyMillis", 0, LONGEST_LATENCY_MILLIS)));
    }
}
