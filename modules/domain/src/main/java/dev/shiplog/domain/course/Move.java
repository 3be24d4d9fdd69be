package dev.shiplog.domain.course;

import java.time.Duration;
import java.util.Optional;

/** What comes next, once a layout stands and all its pods are there. */
public sealed interface Move {

    /**
     * @param step of the strategy that this belongs to, counted from 0
     * @param clearing what the layout has no place for is deleted before it goes on
     */
    record To(Layout layout, int step, boolean clearing) implements Move {}

    /** @param lasting empty: until somebody promotes it */
    record Hold(int step, Optional<Duration> lasting) implements Move {}

    /**
     * All is as it shall be; whatever the layout has no place for goes.
     *
     * @param kept a side that goes only after the delay
     */
    record Finish(Layout layout, Optional<Role> kept, Duration delay) implements Move {}
}
