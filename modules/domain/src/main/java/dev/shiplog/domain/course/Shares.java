package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.util.Optional;

/** The canary's share of pods and of requests: what its steps ask for, and what a layout has. */
public final class Shares {

    private Shares() {}

    /** Whether requests are divided by more than the numbers of pods while there is a canary. */
    public static boolean divides(Strategy strategy) {
        return strategy instanceof Canary canary
                && (canary.sessionAffinity().isPresent()
                        || canary.trafficRouting().isPresent());
    }

    /** The canary's share that a step asks for in per cent; empty where none is asked for. */
    public static Optional<Integer> weight(Strategy strategy, int step) {
        if (!(strategy instanceof Canary canary)) {
            return Optional.empty();
        }
        for (int i = Math.min(step, canary.steps().size() - 1); i >= 0; i--) {
            if (canary.steps().get(i) instanceof CanaryStep.SetWeight set) {
                return Optional.of(step >= canary.steps().size() ? 100 : set.weight());
            }
        }
        return Optional.empty();
    }

    /** The canary's share of the requests in a step, in per cent; a side without pods gets none of them. */
    static int weightAt(Canary canary, int step, Split wanted) {
        if (wanted.canary() == 0) {
            return 0;
        }
        return wanted.stable() == 0 ? 100 : weight(canary, step).orElse(0);
    }

    /**
     * The weight beside the next split on the way to a wanted one. New pods get requests when they are there, and pods go
     * when they don't get them any more. So (4, 0) at 0 % comes to 50 %, with one pod of surge and none unavailable, by
     * (4, 1) 0 %, (3, 1) 25 %, (3, 2) 25 %, (2, 2) 50 %.
     */
    static int weightTowards(int weight, int present, Split now, Split next, Split wanted) {
        boolean grows = next.stable() > now.stable() || next.canary() > now.canary();
        if (grows) {
            return present;
        }
        return next.equals(wanted)
                ? weight
                : Math.clamp(next.share(), Math.min(weight, present), Math.max(weight, present));
    }

    /** The canary's share of the requests in per cent: where the route has no weight, the pods divide them. */
    static int weight(Layout layout) {
        return layout.traffic().weight().orElseGet(() -> split(layout).share());
    }

    static Split split(Layout layout) {
        return new Split(
                layout.side(Role.PLAIN).map(Side::pods).orElse(0),
                layout.side(Role.CANARY).map(Side::pods).orElse(0));
    }

    /** A canary without pods is one of 0 pods, up to the end: what is not in the layout would go on serving. */
    static Layout split(Layout layout, Content stable, Split split) {
        var changed = layout.with(Role.PLAIN, new Side(stable, Optional.of(split.stable())));
        return split.canary() > 0 || layout.has(Role.CANARY)
                ? changed.with(Role.CANARY, new Side(Content.NEW, Optional.of(split.canary())))
                : changed;
    }

    /** The split that holds in a step: a pause keeps what the steps before it have set. */
    static Split splitAt(Canary canary, int step, Split.Limits limits) {
        for (int i = step; i >= 0; i--) {
            switch (canary.steps().get(i)) {
                case CanaryStep.SetWeight set -> {
                    return Split.of(set.weight(), limits);
                }
                case CanaryStep.SetCanaryScale set -> {
                    // It was not more when it was asked for; fewer pods may be wanted by now.
                    return new Split(limits.replicas(), Math.min(set.replicas(), limits.replicas()));
                }
                case CanaryStep.Pause ignored -> {}
            }
        }
        return new Split(limits.replicas(), 0);
    }
}
