package dev.shiplog.domain.course;

import java.util.Optional;

/**
 * How requests are divided between stable and canary, beyond what the numbers of their pods do by themselves.
 *
 * @param divided as the strategy says: clients stay with their version, or each side has a Service of its own
 * @param weight the canary's share of the requests in per cent, as the HTTPRoute has it; empty: the route is as its owner
 *     wrote it
 */
public record Traffic(boolean divided, Optional<Integer> weight) {

    public static final Traffic AS_WRITTEN = new Traffic(false, Optional.empty());

    public static final Traffic DIVIDED = new Traffic(true, Optional.empty());

    public static Traffic weighing(int weight) {
        return new Traffic(true, Optional.of(weight));
    }

    Traffic unweighted() {
        return divided ? DIVIDED : AS_WRITTEN;
    }

    /** Whether requests go where they went before, or by the pods alone, which are there for certain. */
    boolean isSafeAfter(Traffic before) {
        return weight.isEmpty() || weight.equals(before.weight);
    }
}
