package dev.shiplog.localcluster.traffic;

import java.time.Duration;

/**
 * How well an image answers.
 *
 * @param errorRate the share of requests that are answered with 500, from 0 to 1
 * @param latency before each answer
 */
public record Quality(double errorRate, Duration latency) {
    public static final Quality GOOD = new Quality(0, Duration.ZERO);

    public Quality {
        if (errorRate < 0 || errorRate > 1 || latency.isNegative()) {
            throw new IllegalArgumentException("error rate " + errorRate + ", latency " + latency);
        }
    }
}
