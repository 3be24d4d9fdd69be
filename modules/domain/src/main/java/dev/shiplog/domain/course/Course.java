package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.BlueGreen;
import dev.shiplog.domain.release.Strategy.Canary;
import java.util.Optional;

/**
 * The course of a rollout: from the layout that stands, the next one. Every move leaves the Services with pods that are
 * meant to serve, so that it may be interrupted anywhere and taken up again from wherever it stands, by this release or
 * by another one.
 *
 * <p>All strategies end alike ({@link Way}): the side that is wanted is brought up beside what serves (or rolled over
 * in place if it is what serves), then the Services are switched to it, then the other sides go. They differ in what
 * comes before: a canary moves the share of the pods step by step, blue-green brings up the other colour and waits. An
 * abort is the same way to the last good release. A change between plain Deployments and colours goes the same way
 * with the last good release first, so that a strategy never has to begin from anything but its own form.
 *
 * @param replicas wanted in all; empty: as the manifest says
 * @param hasGood whether there is a release to come from or to go back to
 * @param sameTemplate whether the pods are those of the last good release, so that there is nothing to try out
 * @param hasLeftovers whether there may be more on the cluster than the layout that stands
 * @param isSeen whether all pods of the present layout were once seen, also those that no release knows any more
 * @param selectors whether Services have to be widened while pods are replaced
 */
public record Course(
        Strategy strategy,
        Optional<Integer> replicas,
        boolean hasGood,
        boolean sameTemplate,
        boolean hasLeftovers,
        boolean isSeen,
        Selectors selectors,
        Directions directions) {

    /**
     * What follows on a layout that stands, in the step that it belongs to. Clients that were kept on one version, and
     * routes, are free again before an end is said; Services that were widened are as they are written as soon as no pods
     * are being replaced.
     */
    public Move next(Layout layout, int step) {
        if (hasLeftovers && leavesColours(layout)) {
            return new Move.To(layout.withoutOthers(), step, true);
        }
        return switch (onward(layout, step)) {
            case Move.To to
            when layout.isReplacedBy(to.layout()) -> widened(to, misses(layout, to.layout()) || isMixed(to.layout()));
            case Move.To to when isMixed(to.layout()) -> widened(to, true);
            case Move.To to when to.layout().hasSameParts(layout) -> to;
            case Move.Finish finish
            when !layout.traffic().equals(Traffic.AS_WRITTEN) -> {
                var last = finish.kept().isPresent() ? layout : finish.layout();
                yield new Move.To(last.undivided().widened(false), step, false);
            }
            case Move move -> isTooWide(layout) ? new Move.To(layout.widened(false), step, false) : move;
        };
    }

    private static Move widened(Move.To to, boolean toFormerPods) {
        return new Move.To(to.layout().widened(toFormerPods), to.step(), to.clearing());
    }

    private boolean isTooWide(Layout layout) {
        return layout.traffic().widened() && layout.shared() != Content.OTHER && !isMixed(layout);
    }

    /** Whether the next layout's Services, as they are written, would select none of the pods that it replaces. */
    private boolean misses(Layout before, Layout next) {
        boolean isOneByOne = !(strategy instanceof Strategy.Recreate);
        var replaced = next.serving().flatMap(before::side).map(Side::content).orElse(Content.OTHER);
        return isOneByOne && selectors.misses(replaced);
    }

    /** Whether they would select one side's pods and miss another's that serve beside them. */
    private boolean isMixed(Layout layout) {
        return layout.sides().entrySet().stream()
                .filter(side ->
                        isServed(side.getKey(), layout) && side.getValue().pods() > 0)
                .map(side -> side.getValue().content())
                .anyMatch(content -> content != layout.shared() && selectors.misses(content));
    }

    /**
     * The same, with Services that are as wide as they were before, where nobody has seen that the pods behind them are those
     * of that layout and no others. Who recreates serves nobody for a while anyhow.
     */
    public Layout asWide(Layout layout, Layout before) {
        boolean isUnsure =
                before.traffic().widened() && !isSeen && layout.serving().equals(before.serving());
        return isUnsure && selectors.mayMiss() && !(strategy instanceof Strategy.Recreate)
                ? layout.widened(true)
                : layout;
    }

    /**
     * The same, with all pods that are wanted where users are served, and a canary of no more than there is room for beside
     * them, or than it was to have before.
     *
     * @param before of whose pods nobody knows how many there are
     */
    public Layout whole(Layout layout, Layout before) {
        var limits = way().limits();
        var serving = layout.serving()
                .filter(role -> layout.side(role)
                        .filter(side -> side.content() != Content.OTHER && side.pods() < limits.replicas())
                        .isPresent());
        if (serving.isEmpty()) {
            return layout;
        }
        var whole = layout.side(serving.get())
                .map(side -> layout.with(serving.get(), new Side(side.content(), Optional.of(limits.replicas()))))
                .orElse(layout);
        int room = Math.max(
                limits.most() - limits.replicas(),
                before.side(Role.CANARY).map(Side::pods).orElse(0));
        return whole.side(Role.CANARY)
                .filter(canary -> canary.content() == Content.NEW && canary.pods() > room)
                .map(canary -> whole.with(Role.CANARY, new Side(canary.content(), Optional.of(room))))
                .orElse(whole);
    }

    private Move onward(Layout layout, int step) {
        var way = way();
        if (isGoingBack()) {
            return strategy instanceof Canary canary
                    ? new CanaryWay(way, canary, directions).back(layout, step).orElseGet(() -> way.back(layout, step))
                    : way.back(layout, step);
        }
        return switch (strategy) {
            case Strategy.Rolling ignored -> way.overTo(Role.PLAIN, layout, step);
            case Strategy.Recreate ignored -> recreated(way, layout, step);
            case Canary canary -> {
                var steps = new CanaryWay(way, canary, directions);
                yield isDirect() ? steps.promoted(layout) : steps.next(layout, step);
            }
            case BlueGreen blueGreen -> {
                var colours = new ColourWay(way, blueGreen, directions);
                yield hasGood ? colours.next(layout, step, sameTemplate) : colours.first(layout, step);
            }
        };
    }

    private Way way() {
        return new Way(strategy, replicas, directions.aborting(), isSeen);
    }

    /** Who recreates wants no two versions at once: nothing stands beside the Deployment when its pods are replaced. */
    private Move recreated(Way way, Layout layout, int step) {
        boolean isReplaced = layout.side(Role.PLAIN)
                .map(Side::content)
                .filter(Content.NEW::equals)
                .isPresent();
        boolean isAlone = layout.sides().keySet().stream().allMatch(Role.PLAIN::equals);
        return !hasGood || sameTemplate || isReplaced || isAlone
                ? way.overTo(Role.PLAIN, layout, step)
                : way.plainlyGood(layout, step).orElseGet(() -> way.overTo(Role.PLAIN, layout, step));
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
        boolean isNarrower = before.traffic().widened() && !next.traffic().widened() && !before.isReplacedBy(next);
        if (isNarrower || !next.traffic().isSafeAfter(before.traffic())) {
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
}
