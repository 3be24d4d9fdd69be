package dev.shiplog.protocol.view;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of the fleet.
 *
 * @param state {@code Connecting}, {@code Reachable} or {@code Unreachable}
 * @param version of its API server; absent before it was reached
 * @param message the named cause when it is not reachable
 * @param applications how many are on it, or shall be
 */
public record ClusterView(
        String name,
        Map<String, String> labels,
        String state,
        @Nullable String version,
        String message,
        int applications,
        @Nullable Instant since) {}
