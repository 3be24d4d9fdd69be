package dev.shiplog.localcluster.faults;

import dev.shiplog.localcluster.json.Json;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
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

    static FaultSettings of(JsonNode json) {
        return new FaultSettings(
                Duration.ofMillis(Json.number(json, 0, "latencyMillis")),
                json.path("tooManyRequests").asDouble(0),
                json.path("retryAfterSeconds").asInt(1),
                json.path("internalError").asDouble(0),
                json.path("unavailable").asDouble(0),
                json.path("dropped").asDouble(0),
                json.path("hung").asDouble(0),
                Json.text(json, "pathContains"));
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
