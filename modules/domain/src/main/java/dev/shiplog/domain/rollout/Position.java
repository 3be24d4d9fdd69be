package dev.shiplog.domain.rollout;

import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a rollout is.
 *
 * @param layout what stands, or is being brought about
 * @param step of the strategy, counted from 0
 * @param leg how many layouts there were before this one in the same generation
 * @param clearing what the layout has no place for is deleted before it goes on
 * @param servedBefore who served before this layout
 * @param heldUntil until when the step waits, whatever interrupts it; empty where that is not known yet, or until somebody
 *     promotes it
 * @param stoppedAt since when somebody has paused it: time stands still meanwhile
 */
public record Position(
        Layout layout,
        int step,
        int leg,
        boolean clearing,
        Optional<Role> servedBefore,
        Optional<Instant> heldUntil,
        Optional<Instant> stoppedAt) {

    public static final Position NOWHERE =
            new Position(Layout.NONE, 0, 0, false, Optional.empty(), Optional.empty(), Optional.empty());

    /** As it is from then on, if somebody has paused or resumed it: what was left of a step is left afterwards. */
    Position stopped(boolean paused, Instant at) {
        if (paused == stoppedAt.isPresent()) {
            return this;
        }
        var until = stoppedAt.isPresent()
                ? heldUntil.map(time -> time.plus(Duration.between(stoppedAt.get(), at)))
                : heldUntil;
        return new Position(
                layout, step, leg, clearing, servedBefore, until, paused ? Optional.of(at) : Optional.empty());
    }

    /** The beginning of a generation of the same release, of which the step goes on, and a switch too. */
    Position renewed(Layout first, int ofStep) {
        return new Position(
                first, ofStep, 0, false, isSwitch() ? servedBefore : layout.serving(), heldIn(ofStep), stoppedAt);
    }

    /** The beginning of a generation of another release. */
    Position begun(Layout first, int ofStep) {
        return new Position(first, ofStep, 0, false, layout.serving(), Optional.empty(), stoppedAt);
    }

    Position next(Layout following, int ofStep, boolean clears) {
        return new Position(following, ofStep, leg + 1, clears, layout.serving(), heldIn(ofStep), stoppedAt);
    }

    Position held(int inStep, Optional<Instant> until) {
        return new Position(layout, inStep, leg, clearing, layout.serving(), until, stoppedAt);
    }

    /** The same once more. */
    Position again(Layout same, int ofStep) {
        return new Position(same, ofStep, leg, clearing, servedBefore, heldIn(ofStep), stoppedAt);
    }

    /** Where it has ended. */
    Position ended(Layout last) {
        return new Position(last, step, leg, clearing, last.serving(), heldUntil, stoppedAt);
    }

    /** Until when a step waits that may have been waited in before. */
    Optional<Instant> heldIn(int other) {
        return other == step ? heldUntil : Optional.empty();
    }

    /** Whether the Services are being moved from one colour, or from none, to another. */
    boolean isSwitch() {
        return servedBefore.isPresent()
                && !servedBefore.equals(layout.serving())
                && (servedBefore.get().isColour()
                        || layout.serving().filter(Role::isColour).isPresent());
    }
}
