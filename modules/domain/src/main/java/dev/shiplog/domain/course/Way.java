package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.BlueGreen;
import dev.shiplog.domain.release.Strategy.Canary;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The way that all strategies share: to one side that alone serves.
 *
 * @param replicas wanted in all; empty: as the manifest says
 * @param aborting whether it is the way back
 * @param isSeen whether all pods of the present layout were once seen, also those that no release knows any more
 */
record Way(Strategy strategy, Optional<Integer> replicas, boolean aborting, boolean isSeen) {

    /** Back to the last good release, and nothing else. */
    Move back(Layout layout, int step) {
        return toGood(layout, step).orElseGet(() -> finish(layout.only(home(layout)), Duration.ZERO));
    }

    /** The next layout on the way to a side that alone serves; empty when it does. */
    Optional<Layout> toward(Layout present, Role role, Side side) {
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

    Move overTo(Role role, Layout layout, int step) {
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
     * can go then: this release can't make it smaller. Nor can it wait for its pods, so it relies on none that were not seen.
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
        int present =
                Math.min(limits.replicas(), layout.side(role).map(Side::pods).orElse(0));
        boolean isReplaced =
                layout.side(role).filter(side -> side.content() != content).isPresent();
        if (isReplaced) {
            // In place it takes its own surge; it grows when it has none any more.
            var split = new Split(present, isSeen ? others : 0).replaceable(limits);
            return new Side(content, Optional.of(split.stable()));
        }
        int pods = Math.min(limits.replicas(), Math.max(present, limits.most() - others));
        return new Side(content, Optional.of(pods < limits.least() ? limits.replicas() : pods));
    }

    Split.Limits limits() {
        int pods = replicas.orElse(1);
        return switch (strategy) {
            case Strategy.Rolling rolling -> Split.Limits.of(pods, rolling.maxSurge(), rolling.maxUnavailable());
            case Strategy.Recreate ignored -> new Split.Limits(pods, 0, pods);
            case Canary canary -> Split.Limits.of(pods, canary.maxSurge(), canary.maxUnavailable());
            case BlueGreen ignored -> Split.Limits.of(pods, Optional.empty(), Optional.empty());
        };
    }

    /** Back to the last good release, whole, before anything of another one goes; empty when nothing else is there. */
    Optional<Move> toGood(Layout layout, int step) {
        return goodIn(home(layout), layout, step);
    }

    /** The last good release in one plain Deployment, and nothing else; empty when it is so. */
    Optional<Move> plainlyGood(Layout layout, int step) {
        return goodIn(Role.PLAIN, layout, step);
    }

    private Optional<Move> goodIn(Role role, Layout layout, int step) {
        var there = toward(layout, role, roomy(layout, role, Content.GOOD));
        if (there.isPresent()) {
            return there.map(next -> new Move.To(next, step, false));
        }
        boolean isBack = aborting && isWhole(layout, role);
        return isBack || layout.sides().size() == 1
                ? Optional.empty()
                : Optional.of(new Move.To(layout.only(role), step, true));
    }

    /** Where the last good release is, or should be: where it serves, else where it stands, else where something serves. */
    private static Role home(Layout layout) {
        return layout.sides().entrySet().stream()
                .filter(side -> side.getValue().content() == Content.GOOD && side.getKey() != Role.CANARY)
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(
                        role -> !layout.serving().filter(role::equals).isPresent()))
                .or(layout::serving)
                .orElse(Role.PLAIN);
    }

    static Move finish(Layout layout, Duration delay) {
        return new Move.Finish(layout, Optional.empty(), delay);
    }
}
