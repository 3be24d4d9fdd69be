package dev.shiplog.domain.rollout;

import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import java.util.Optional;

/**
 * How far a rollout is.
 *
 * @param layout what stands, or is being brought about
 * @param step of the strategy, counted from 0
 * @param leg how many layouts there were before this one in the same generation
 * @param clearing what the layout has no place for is deleted before it goes on
 * @param servedBefore who served before this layout
 */
public record Position(Layout layout, int step, int leg, boolean clearing, Optional<Role> servedBefore) {

    public static final Position NOWHERE = new Position(Layout.NONE, 0, 0, false, Optional.empty());

    /** The beginning of a generation. */
    static Position beginning(Layout layout, int step, Optional<Role> servedBefore) {
        return new Position(layout, step, 0, false, servedBefore);
    }

    Position next(Layout following, int ofStep, boolean clears) {
        return new Position(following, ofStep, leg + 1, clears, layout.serving());
    }

    Position at(Layout other) {
        return new Position(other, step, leg, clearing, servedBefore);
    }

    /** Whether the Services are being moved from one colour, or from none, to another. */
    boolean isSwitch() {
        return servedBefore.isPresent()
                && !servedBefore.equals(layout.serving())
                && (servedBefore.get().isColour()
                        || layout.serving().filter(Role::isColour).isPresent());
    }
}
