package dev.shiplog.views.live;

import dev.shiplog.domain.Trouble;
import java.time.Instant;

/** Whether a cluster's API server answers. */
public sealed interface Reach {

    /** Nobody knows yet. */
    record Connecting() implements Reach {}

    record Reachable(String version, Instant since) implements Reach {}

    /** @param trouble {@code UNREACHABLE}, {@code UNAUTHORIZED}, … */
    record Unreachable(Trouble trouble, Instant since) implements Reach {}
}
