package dev.shiplog.domain.course;

import java.util.Optional;

/**
 * How requests find their pods, where it is more than a Service as it is written and the numbers of pods behind it.
 *
 * @param divided as the strategy says: clients stay with their version, or each side has a Service of its own
 * @param weight the canary's share of the requests in per cent, as the HTTPRoute has it; empty: the route is as its owner
 *     wrote it
 * @param widened the Services select former pods too, as long as these are replaced one by one
 */
public record Traffic(boolean divided, Optional<Integer> weight, boolean widened) {

    public static final Traffic AS_WRITTEN = new Traffic(false, Optional.empty(), false);

    public static final Traffic DIVIDED = new Traffic(true, Optional.empty(), false);

    public static Traffic weighing(int weight) {
        return new Traffic(true, Optional.of(weight), false);
    }

    Traffic unweighted() {
        return new Traffic(divided, Optional.empty(), widened);
    }

    Traffic widening(boolean toFormerPods) {
        return new Traffic(divided, weight, toFormerPods);
    }

    /** Whether requests go where they went before, or by the pods alone, which are there for certain. */
    boolean isSafeAfter(Traffic before) {
        return weight.isEmpty() || weight.equals(before.weight);
    }
}
