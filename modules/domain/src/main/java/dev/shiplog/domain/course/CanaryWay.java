package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.util.Optional;

/** The steps of a canary, its promotion, and its way back. */
record CanaryWay(Way way, Canary canary, Directions directions) {

    Move next(Layout layout, int from) {
        var plain = layout.side(Role.PLAIN);
        boolean isPromoting =
                plain.filter(side -> side.content() == Content.NEW).isPresent();
        if (isPromoting) {
            return promoted(layout);
        }
        boolean fromGood = layout.serving().filter(Role.PLAIN::equals).isPresent()
                && plain.filter(side -> side.content() == Content.GOOD).isPresent()
                && layout.sides().keySet().stream().noneMatch(Role::isColour)
                && layout.side(Role.CANARY)
                        .filter(side -> side.content() == Content.OTHER)
                        .isEmpty();
        if (!fromGood) {
            var prepared = way.plainlyGood(layout, from);
            if (prepared.isPresent()) {
                return prepared.get();
            }
        }
        boolean routes = canary.trafficRouting().isPresent();
        if (routes && !layout.traffic().divided()) {
            // Both Services have to have their endpoints before a route may send requests there.
            return new Move.To(layout.carrying(Traffic.DIVIDED), from, false);
        }
        var limits = way.limits();
        var now = Shares.split(layout);
        for (int step = from; step < canary.steps().size(); step++) {
            var wanted = Shares.splitAt(canary, step, limits);
            int weight = Shares.weightAt(canary, step, wanted);
            if (!wanted.equals(now)) {
                var next = now.towards(wanted, limits);
                var traffic = routes
                        ? Traffic.weighing(Shares.weightTowards(weight, Shares.weight(layout), now, next, wanted))
                        : Shares.divides(canary) ? Traffic.DIVIDED : Traffic.AS_WRITTEN;
                return new Move.To(Shares.split(layout, Content.GOOD, next).carrying(traffic), step, false);
            }
            if (routes && !layout.carrying(Traffic.weighing(weight)).equals(layout)) {
                return new Move.To(layout.carrying(Traffic.weighing(weight)), step, false);
            }
            if (canary.steps().get(step) instanceof CanaryStep.Pause pause && step >= directions.promotedThrough()) {
                return new Move.Hold(step, pause.duration());
            }
        }
        return promoted(layout);
    }

    /**
     * The last good release grows as the canary that is aborted shrinks, within the limits; it is whole before the canary
     * has no pods any more. Empty when that is so, and where there is no such canary.
     */
    Optional<Move> back(Layout layout, int step) {
        boolean isCanary = layout.serving().filter(Role.PLAIN::equals).isPresent()
                && layout.has(Role.PLAIN)
                && layout.side(Role.CANARY)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent();
        if (!isCanary) {
            return Optional.empty();
        }
        var limits = way.limits();
        var now = Shares.split(layout);
        boolean isBack = layout.shared() == Content.GOOD
                && layout.side(Role.PLAIN)
                        .filter(side -> side.content() == Content.GOOD)
                        .isPresent();
        if (!isBack) {
            return Optional.of(new Move.To(
                    Shares.split(layout, Content.GOOD, now.replaceable(limits)).serving(Role.PLAIN, Content.GOOD),
                    step,
                    false));
        }
        var wanted = new Split(limits.replicas(), 0);
        int unavailable = limits.surge() > 0 ? 0 : limits.unavailable();
        var next = now.towards(wanted, new Split.Limits(limits.replicas(), limits.surge(), unavailable));
        return now.equals(wanted)
                ? Optional.empty()
                : Optional.of(new Move.To(Shares.split(layout, Content.GOOD, next), step, false));
    }

    /**
     * The new release rolls into stable at the number of pods that it has, or that are wanted beside the canary, then stable
     * grows as the canary shrinks. With a scale-down delay the canary stays beside it.
     */
    Move promoted(Layout layout) {
        int step = canary.steps().size();
        boolean hasCanary = layout.side(Role.CANARY)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent()
                && layout.serving().filter(Role.PLAIN::equals).isPresent();
        if (!hasCanary) {
            return way.overTo(Role.PLAIN, layout, step);
        }
        var limits = way.limits();
        var now = Shares.split(layout);
        boolean rolledIn = layout.shared() == Content.NEW
                && layout.side(Role.PLAIN)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent();
        if (!rolledIn) {
            return new Move.To(
                    Shares.split(layout, Content.NEW, now.replaceable(limits)).serving(Role.PLAIN, Content.NEW),
                    step,
                    false);
        }
        if (layout.traffic().weight().isPresent()) {
            // All pods are of the new release: from here on the user's own Service has them all.
            return new Move.To(layout.carrying(layout.traffic().unweighted()), step, false);
        }
        var delay = canary.scaleDownDelay().orElse(Duration.ZERO);
        if (delay.isZero()) {
            var wanted = new Split(limits.replicas(), 0);
            return now.equals(wanted)
                    ? way.overTo(Role.PLAIN, layout, step)
                    : new Move.To(Shares.split(layout, Content.NEW, now.towards(wanted, limits)), step, false);
        }
        return now.stable() == limits.replicas()
                ? new Move.Finish(layout.only(Role.PLAIN), Optional.of(Role.CANARY), delay)
                : new Move.To(
                        Shares.split(layout, Content.NEW, new Split(limits.replicas(), now.canary())), step, false);
    }
}
