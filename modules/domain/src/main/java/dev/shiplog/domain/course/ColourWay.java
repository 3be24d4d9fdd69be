package dev.shiplog.domain.course;

import dev.shiplog.domain.release.Strategy.AutoPromotion;
import dev.shiplog.domain.release.Strategy.BlueGreen;
import java.time.Duration;
import java.util.Optional;

/** From one colour to the other. */
record ColourWay(Way way, BlueGreen blueGreen, Directions directions) {

    /** The step of a blue-green rollout before the switch is decided, and the one after. */
    static final int PREVIEW = 0;

    static final int SWITCH = 1;

    /** There may be pods that somebody else has made: the Services stay with them until there are others. */
    Move first(Layout layout, int step) {
        var colour = layout.serving().filter(Role::isColour).orElse(Role.BLUE);
        var pods = new Side(Content.NEW, way.replicas());
        boolean stands = layout.side(colour).filter(pods::equals).isPresent();
        return stands || layout.serving().isPresent()
                ? way.overTo(colour, layout, step)
                : new Move.To(layout.with(colour, pods), step, false);
    }

    /** @param sameTemplate whether the pods are those of the last good release */
    Move next(Layout layout, int step, boolean sameTemplate) {
        var serving = layout.serving();
        if (serving.isEmpty() || serving.get() == Role.PLAIN) {
            return sameTemplate
                    ? way.overTo(Role.BLUE, layout, step)
                    : way.toward(layout, Role.BLUE, new Side(Content.GOOD, way.replicas()))
                            .<Move>map(next -> new Move.To(next, step, false))
                            .orElseThrow();
        }
        var active = serving.get();
        return switch (layout.side(active).map(Side::content).orElse(Content.OTHER)) {
            case NEW -> switched(layout, active, step);
            case OTHER -> way.toGood(layout, step).orElseThrow();
            case GOOD -> sameTemplate ? way.overTo(active, layout, step) : beside(layout, active, step);
        };
    }

    private Move beside(Layout layout, Role active, int step) {
        if (layout.has(Role.PLAIN) || layout.has(Role.CANARY)) {
            return new Move.To(layout.only(active), step, true);
        }
        var next = active.otherColour();
        boolean waits = !directions.straight() && directions.promotedThrough() <= PREVIEW && step == PREVIEW;
        var pods = waits && blueGreen.previewReplicas().isPresent() ? blueGreen.previewReplicas() : way.replicas();
        var both = layout.with(active, new Side(Content.GOOD, way.replicas())).with(next, new Side(Content.NEW, pods));
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
                        ? beside(layout, active, SWITCH)
                        : new Move.Hold(PREVIEW, Optional.of(after.duration()));
        };
    }

    private Move switched(Layout layout, Role active, int step) {
        var there = way.toward(layout, active, new Side(Content.NEW, way.replicas()));
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
                : Way.finish(layout.only(active), Duration.ZERO);
    }
}
