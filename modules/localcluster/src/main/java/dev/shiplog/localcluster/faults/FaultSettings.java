package dev.shiplog.localcluster.faults;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.json.StrictObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often which fault strikes a request; shares are from 0 (never) to 1 (always).
 *
 * @param latency before every answer
 * @param retryAfterSeconds told with tooManyRequests
 * @param hung requests that are never answered
 * @param pathContains only requests whose path contains this are struck; empty: all
 */
public record FaultSettings(
        Duration latency,
        double tooManyRequests,
        int retryAfterSeconds,
        double internalError,
        double unavailable,
        double dropped,
        double hung,
        String pathContains) {
    private static final long LONGEST_LATENCY_MILLIS = 3_600_000;
    private static final long LONGEST_RETRY_SECONDS = 86_400;
    private static final double ROUNDING = 1e-9;

    public static final FaultSettings NONE = new FaultSettings(Duration.ZERO, 0, 1, 0, 0, 0, 0, "");

    public FaultSettings withLatency(Duration each) {
        return new FaultSettings(
                each, tooManyRequests, retryAfterSeconds, internalError, unavailable, dropped, hung, pathContains);
    }

    public FaultSettings withTooManyRequests(double share, int retryAfter) {
        return new FaultSettings(latency, share, retryAfter, internalError, unavailable, dropped, hung, pathContains);
    }

    public FaultSettings withInternalError(double share) {
        return new FaultSettings(
                latency, tooManyRequests, retryAfterSeconds, share, unavailable, dropped, hung, pathContains);
    }

    public FaultSettings withUnavailable(double share) {
        return new FaultSettings(
                latency, tooManyRequests, retryAfterSeconds, internalError, share, dropped, hung, pathContains);
    }

    public FaultSettings withDropped(double share) {
        return new FaultSettings(
                latency, tooManyRequests, retryAfterSeconds, internalError, unavailable, share, hung, pathContains);
    }

    public FaultSettings withHung(double share) {
        return new FaultSettings(
                latency, tooManyRequests, retryAfterSeconds, internalError, unavailable, dropped, share, pathContains);
    }

    public FaultSettings onlyOn(String partOfPath) {
        return new FaultSettings(
                latency, tooManyRequests, retryAfterSeconds, internalError, unavailable, dropped, hung, partOfPath);
    }

    /** @throws IllegalArgumentException with a sentence for whoever sent what cannot be */
    static FaultSettings of(String body) {
        StrictObject wanted = StrictObject.of(body, List.copyOf(NONE.toJson().propertyNames()));
        FaultSettings settings = new FaultSettings(
                Duration.ofMillis(wanted.whole("latencyMillis", 0, LONGEST_LATENCY_MILLIS)),
                wanted.share("tooManyRequests"),
                (int) wanted.whole("retryAfterSeconds", 1, LONGEST_RETRY_SECONDS),
                wanted.share("internalError"),
                wanted.share("unavailable"),
                wanted.share("dropped"),
                wanted.share("hung"),
                wanted.text("pathContains"));
        double together = settings.tooManyRequests
                + settings.internalError
                + settings.unavailable
                + settings.dropped
                + settings.hung;
        if (together > 1 + ROUNDING) {
            throw new IllegalArgumentException(
                    "tooManyRequests, internalError, unavailable, dropped and hung must be at most 1 together, not "
                            + String.format(Locale.ROOT, "%.3g", together).replaceAll("0+$", ""));
        }
        return settings;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("latencyMillis", latency.toMillis())
                .put("tooManyRequests", tooManyRequests)
                .put("retryAfterSeconds", retryAfterSeconds)
                .put("internalError", internalError)
                .put("unavailable", unavailable)
                .put("dropped", dropped)
                .put("hung", hung)
                .put("pathContains", pathContains);
    }
}
