package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.AutoPromotion;
import dev.shiplog.domain.release.Strategy.BlueGreen;
import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * The course of a rollout: from the layout that stands, the next one. Every move leaves the Services with pods that are
 * meant to serve, so that it may be interrupted anywhere and taken up again from wherever it stands, by this release or
 * by another one.
 *
 * <p>All strategies end alike ({@link #toward}): the side that is wanted is brought up beside what serves (or rolled over
 * in place if it is what serves), then the Services are switched to it, then the other sides go. They differ in what
 * comes before: a canary moves the share of the pods step by step, blue-green brings up the other colour and waits. An
 * abort is the same way to the last good release. A change between plain Deployments and colours goes the same way
 * with the last good release first, so that a strategy never has to begin from anything but its own form.
 *
 * @param replicas wanted in all; empty: as the manifest says
 * @param hasGood whether there is a release to come from or to go back to
 * @param sameTemplate whether the pods are those of the last good release, so that there is nothing to try out
 * @param hasLeftovers whether there may be more on the cluster than the layout that stands
 */
public record Course(
        Strategy strategy,
        Optional<Integer> replicas,
        boolean hasGood,
        boolean sameTemplate,
        boolean hasLeftovers,
        Directions directions) {

    /** The step of a blue-green rollout before the switch is decided, and the one after. */
    static final int PREVIEW = 0;

    static final int SWITCH = 1;

    /**
     * What follows on a layout that stands, in the step that it belongs to. Clients that were kept on one version, and
     * routes, are free again before an end is said.
     */
    public Move next(Layout layout, int step) {
        if (hasLeftovers && leavesColours(layout)) {
            return new Move.To(layout.withoutOthers(), step, true);
        }
        var move = onward(layout, step);
        if (move instanceof Move.Finish finish && layout.traffic().divided()) {
            var last = finish.kept().isPresent() ? layout : finish.layout();
            return new Move.To(last.carrying(Traffic.AS_WRITTEN), step, false);
        }
        return move;
    }

    private Move onward(Layout layout, int step) {
        if (isGoingBack()) {
            return receding(layout, step)
                    .or(() -> toGood(layout, step))
                    .orElseGet(() -> finish(layout.only(home(layout)), Duration.ZERO));
        }
        return switch (strategy) {
            case Strategy.Rolling ignored -> overTo(Role.PLAIN, layout, step);
            case Strategy.Recreate ignored -> overTo(Role.PLAIN, layout, step);
            case Canary canary ->
                isDirect() ? promoted(canary, layout, canary.steps().size()) : canary(canary, layout, step);
            case BlueGreen blueGreen -> blueGreen(blueGreen, layout, step);
        };
    }

    private boolean isGoingBack() {
        return directions.aborting() && hasGood;
    }

    /** Whether users leave the side, whatever becomes of its pods. */
    public boolean isForsaken(Side side) {
        return isGoingBack() && side.content() == Content.NEW;
    }

    /** Without colours the Services select whatever there is: also a colour that was kept for the way back. */
    private boolean leavesColours(Layout layout) {
        return !isGoingBack()
                && !(strategy instanceof BlueGreen)
                && layout.serving()
                        .filter(Role::isColour)
                        .flatMap(layout::side)
                        .filter(side -> side.content() != Content.OTHER)
                        .isPresent();
    }

    /** Nothing to compare with, nothing new, or no wish to. */
    public boolean isDirect() {
        return !hasGood || sameTemplate || directions.straight();
    }

    /**
     * Whether the next layout leaves every pod that serves, or as many of them as are wanted in all, and sends no requests
     * to where there may be no pods yet.
     */
    public boolean keepsServing(Layout before, Layout next) {
        if (!next.traffic().isSafeAfter(before.traffic())) {
            return false;
        }
        boolean isSame = before.serving().isEmpty() || before.serving().equals(next.serving());
        boolean isNothingToWaitFor = before.sides().values().stream().allMatch(side -> side.content() == Content.OTHER);
        return isNothingToWaitFor
                || (isSame
                        && before.sides().entrySet().stream()
                                .filter(side -> isServed(side.getKey(), before))
                                .allMatch(side -> next.side(side.getKey())
                                        .filter(same -> same.pods()
                                                >= Math.min(side.getValue().pods(), replicas.orElse(1)))
                                        .isPresent()));
    }

    /** Whether the next layout brings to all users what only stands beside them, ready or not. */
    public boolean promotes(Layout before, Layout next) {
        return before.side(Role.CANARY)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent()
                && before.shared() != Content.NEW
                && next.shared() == Content.NEW;
    }

    private static boolean isServed(Role role, Layout layout) {
        var serving = layout.serving().orElse(Role.PLAIN);
        return role == serving || (serving == Role.PLAIN && role == Role.CANARY);
    }

    // ---- the way that all share

    /** The next layout on the way to a side that alone serves; empty when it does. */
    private Optional<Layout> toward(Layout present, Role role, Side side) {
        var layout = whole(present, role);
        boolean inPlace = layout.serving().map(role::equals).orElse(true);
        boolean stands = layout.side(role).filter(side::equals).isPresent();
        if (!stands
                || (inPlace && layout.shared() != side.content())
                || layout.serving().isEmpty()) {
            var changed = layout.with(role, side);
            return Optional.of(inPlace ? changed.serving(role, side.content()) : changed);
        }
        return inPlace ? Optional.empty() : Optional.of(layout.serving(role, side.content()));
    }

    /** What serves until the other side does is not to be smaller than that: it may have been asked to be, and not become so. */
    private Layout whole(Layout layout, Role role) {
        var serving = layout.serving().filter(other -> other != role);
        var side = serving.flatMap(layout::side)
                .filter(other -> other.content() != Content.OTHER && other.pods() < replicas.orElse(0));
        return serving.isPresent() && side.isPresent()
                ? layout.with(serving.get(), new Side(side.get().content(), replicas))
                : layout;
    }

    private Move overTo(Role role, Layout layout, int step) {
        return toward(layout, role, roomy(layout, role, Content.NEW))
                .<Move>map(next -> new Move.To(next, step, false))
                .orElseGet(() -> isWhole(layout, role)
                        ? finish(layout.only(role), Duration.ZERO)
                        : new Move.To(layout.only(role), step, true));
    }

    private boolean isWhole(Layout layout, Role role) {
        return layout.side(role).map(Side::replicas).filter(replicas::equals).isPresent();
    }

    /**
     * A side with all pods that are wanted, or as many as the limits leave room for beside an earlier canary, as long as it
     * can go then: this release can't make it smaller.
     */
    private Side roomy(Layout layout, Role role, Content content) {
        int others = layout.side(Role.CANARY)
                .filter(canary -> canary.content() == Content.OTHER && role == Role.PLAIN)
                .map(Side::pods)
                .orElse(0);
        if (others == 0 || replicas.isEmpty()) {
            return new Side(content, replicas);
        }
        var limits = limits();
        int present = layout.side(role).map(Side::pods).orElse(0);
        int pods = Math.min(limits.replicas(), Math.max(present, limits.most() - others));
        return new Side(content, Optional.of(pods < limits.least() ? limits.replicas() : pods));
    }

    private Split.Limits limits() {
        int pods = replicas.orElse(1);
        return switch (strategy) {
            case Strategy.Rolling rolling -> Split.Limits.of(pods, rolling.maxSurge(), rolling.maxUnavailable());
            case Strategy.Recreate ignored -> new Split.Limits(pods, 0, pods);
            case Canary canary -> Split.Limits.of(pods, canary.maxSurge(), canary.maxUnavailable());
            case BlueGreen ignored -> Split.Limits.of(pods, Optional.empty(), Optional.empty());
        };
    }

    /** Back to the last good release, whole, before anything of another one goes; empty when nothing else is there. */
    private Optional<Move> toGood(Layout layout, int step) {
        var home = home(layout);
        var there = toward(layout, home, roomy(layout, home, Content.GOOD));
        if (there.isPresent()) {
            return there.map(next -> new Move.To(next, step, false));
        }
        boolean isThere = directions.aborting() && isWhole(layout, home);
        return isThere || layout.sides().size() == 1
                ? Optional.empty()
                : Optional.of(new Move.To(layout.only(home), step, true));
    }

    /** Where the last good release is, or should be: where it serves, else where it stands, else where something serves. */
    private static Role home(Layout layout) {
        return layout.sides().entrySet().stream()
                .filter(side -> side.getValue().content() == Content.GOOD && side.getKey() != Role.CANARY)
                .map(java.util.Map.Entry::getKey)
                .min(Comparator.comparing(
                        role -> !layout.serving().filter(role::equals).isPresent()))
                .or(layout::serving)
                .orElse(Role.PLAIN);
    }

    private static Move finish(Layout layout, Duration delay) {
        return new Move.Finish(layout, Optional.empty(), delay);
    }

    // ---- canary

    private Move canary(Canary canary, Layout layout, int from) {
        var plain = layout.side(Role.PLAIN);
        boolean isPromoting =
                plain.filter(side -> side.content() == Content.NEW).isPresent();
        if (isPromoting) {
            return promoted(canary, layout, canary.steps().size());
        }
        boolean fromGood = layout.serving().filter(Role.PLAIN::equals).isPresent()
                && plain.filter(side -> side.content() == Content.GOOD).isPresent()
                && layout.sides().keySet().stream().noneMatch(Role::isColour)
                && layout.side(Role.CANARY)
                        .filter(side -> side.content() == Content.OTHER)
                        .isEmpty();
        if (!fromGood) {
            var prepared = preparedPlain(layout, from);
            if (prepared.isPresent()) {
                return prepared.get();
            }
        }
        boolean routes = canary.trafficRouting().isPresent();
        if (routes && !layout.traffic().divided()) {
            // Both Services have to have their endpoints before a route may send requests there.
            return new Move.To(layout.carrying(Traffic.DIVIDED), from, false);
        }
        var limits = limits();
        var now = Shares.split(layout);
        for (int step = from; step < canary.steps().size(); step++) {
            var wanted = Shares.splitAt(canary, step, limits);
            int weight = Shares.weightAt(canary, step, wanted);
            if (!wanted.equals(now)) {
                var next = now.towards(wanted, limits);
                var traffic = routes
                        ? Traffic.weighing(Shares.weightTowards(
                                weight, layout.traffic().weight().orElse(0), now, next, wanted))
                        : divides(canary) ? Traffic.DIVIDED : Traffic.AS_WRITTEN;
                return new Move.To(Shares.split(layout, Content.GOOD, next).carrying(traffic), step, false);
            }
            if (routes && !layout.traffic().equals(Traffic.weighing(weight))) {
                return new Move.To(layout.carrying(Traffic.weighing(weight)), step, false);
            }
            if (canary.steps().get(step) instanceof CanaryStep.Pause pause && step >= directions.promotedThrough()) {
                return new Move.Hold(step, pause.duration());
            }
        }
        return promoted(canary, layout, canary.steps().size());
    }

    /** Whether requests are divided by more than the numbers of pods while there is a canary. */
    public static boolean divides(Strategy strategy) {
        return strategy instanceof Canary canary
                && (canary.sessionAffinity().isPresent()
                        || canary.trafficRouting().isPresent());
    }

    /** The last good release in one plain Deployment, and nothing else; empty when it is so. */
    private Optional<Move> preparedPlain(Layout layout, int step) {
        var there = toward(layout, Role.PLAIN, roomy(layout, Role.PLAIN, Content.GOOD));
        if (there.isPresent()) {
            return there.map(next -> new Move.To(next, step, false));
        }
        return layout.sides().size() == 1
                ? Optional.empty()
                : Optional.of(new Move.To(layout.only(Role.PLAIN), step, true));
    }

    /**
     * The last good release grows as the canary that is aborted shrinks, within the limits; it is whole before the canary
     * has no pods any more. Empty when that is so, and where there is no such canary.
     */
    private Optional<Move> receding(Layout layout, int step) {
        boolean isCanary = layout.serving().filter(Role.PLAIN::equals).isPresent()
                && layout.has(Role.PLAIN)
                && layout.side(Role.CANARY)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent();
        if (!isCanary) {
            return Optional.empty();
        }
        var now = Shares.split(layout);
        boolean isBack = layout.shared() == Content.GOOD
                && layout.side(Role.PLAIN)
                        .filter(side -> side.content() == Content.GOOD)
                        .isPresent();
        if (!isBack) {
            return Optional.of(new Move.To(
                    Shares.split(layout, Content.GOOD, now).serving(Role.PLAIN, Content.GOOD), step, false));
        }
        var limits = limits();
        var wanted = new Split(limits.replicas(), 0);
        int unavailable = limits.surge() > 0 ? 0 : limits.unavailable();
        var next = now.towards(wanted, new Split.Limits(limits.replicas(), limits.surge(), unavailable));
        return now.equals(wanted)
                ? Optional.empty()
                : Optional.of(new Move.To(Shares.split(layout, Content.GOOD, next), step, false));
    }

    /**
     * The new release rolls into stable at the number of pods that it has, then stable grows as the canary shrinks. With
     * a scale-down delay the canary stays beside it.
     */
    private Move promoted(Canary canary, Layout layout, int step) {
        boolean hasCanary = layout.side(Role.CANARY)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent()
                && layout.serving().filter(Role.PLAIN::equals).isPresent();
        if (!hasCanary) {
            return overTo(Role.PLAIN, layout, step);
        }
        var now = Shares.split(layout);
        boolean rolledIn = layout.shared() == Content.NEW
                && layout.side(Role.PLAIN)
                        .filter(side -> side.content() == Content.NEW)
                        .isPresent();
        if (!rolledIn) {
            return new Move.To(Shares.split(layout, Content.NEW, now).serving(Role.PLAIN, Content.NEW), step, false);
        }
        if (layout.traffic().weight().isPresent()) {
            // All pods are of the new release: from here on the user's own Service has them all.
            return new Move.To(layout.carrying(layout.traffic().unweighted()), step, false);
        }
        var limits = limits();
        var delay = canary.scaleDownDelay().orElse(Duration.ZERO);
        if (delay.isZero()) {
            var wanted = new Split(limits.replicas(), 0);
            return now.equals(wanted)
                    ? overTo(Role.PLAIN, layout, step)
                    : new Move.To(Shares.split(layout, Content.NEW, now.towards(wanted, limits)), step, false);
        }
        return now.stable() == limits.replicas()
                ? new Move.Finish(layout.only(Role.PLAIN), Optional.of(Role.CANARY), delay)
                : new Move.To(
                        Shares.split(layout, Content.NEW, new Split(limits.replicas(), now.canary())), step, false);
    }

    // ---- blue-green

    private Move blueGreen(BlueGreen blueGreen, Layout layout, int step) {
        var serving = layout.serving();
        if (!hasGood) {
            return first(serving.filter(Role::isColour).orElse(Role.BLUE), layout, step);
        }
        if (serving.isEmpty() || serving.get() == Role.PLAIN) {
            return sameTemplate
                    ? overTo(Role.BLUE, layout, step)
                    : toward(layout, Role.BLUE, new Side(Content.GOOD, replicas))
                            .<Move>map(next -> new Move.To(next, step, false))
                            .orElseThrow();
        }
        var active = serving.get();
        return switch (layout.side(active).map(Side::content).orElse(Content.OTHER)) {
            case NEW -> switched(blueGreen, layout, active, step);
            case OTHER -> toGood(layout, step).orElseThrow();
            case GOOD -> sameTemplate ? overTo(active, layout, step) : beside(blueGreen, layout, active, step);
        };
    }

    /** There may be pods that somebody else has made: the Services stay with them until there are others. */
    private Move first(Role colour, Layout layout, int step) {
        var pods = new Side(Content.NEW, replicas);
        boolean stands = layout.side(colour).filter(pods::equals).isPresent();
        return stands || layout.serving().isPresent()
                ? overTo(colour, layout, step)
                : new Move.To(layout.with(colour, pods), step, false);
    }

    private Move beside(BlueGreen blueGreen, Layout layout, Role active, int step) {
        if (layout.has(Role.PLAIN) || layout.has(Role.CANARY)) {
            return new Move.To(layout.only(active), step, true);
        }
        var next = active.otherColour();
        boolean waits = !directions.straight() && directions.promotedThrough() <= PREVIEW && step == PREVIEW;
        var pods = waits && blueGreen.previewReplicas().isPresent() ? blueGreen.previewReplicas() : replicas;
        var both = layout.with(active, new Side(Content.GOOD, replicas)).with(next, new Side(Content.NEW, pods));
        if (!both.equals(layout)) {
            return new Move.To(both, step, false);
        }
        if (!waits) {
            return new Move.To(layout.serving(next, Content.NEW), SWITCH, false);
        }
        return switch (blueGreen.autoPromotion()) {
            case AutoPromotion.Manual ignored -> new Move.Hold(PREVIEW, Optional.empty());
            case AutoPromotion.After after ->
                after.duration().isZero()
                        ? beside(blueGreen, layout, active, SWITCH)
                        : new Move.Hold(PREVIEW, Optional.of(after.duration()));
        };
    }

    private Move switched(BlueGreen blueGreen, Layout layout, Role active, int step) {
        var there = toward(layout, active, new Side(Content.NEW, replicas));
        if (there.isPresent()) {
            return new Move.To(there.get(), step, false);
        }
        var former = active.otherColour();
        boolean keeps = layout.side(former)
                .filter(side -> side.content() == Content.GOOD)
                .isPresent();
        var delay = blueGreen.scaleDownDelay().orElse(BlueGreen.DEFAULT_SCALE_DOWN_DELAY);
        return keeps && !delay.isZero()
                ? new Move.Finish(layout.only(active), Optional.of(former), delay)
                : finish(layout.only(active), Duration.ZERO);
    }
}
