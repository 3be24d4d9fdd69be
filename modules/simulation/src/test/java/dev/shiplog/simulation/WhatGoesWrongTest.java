package dev.shiplog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the worlds are said to do does happen in them. */
class WhatGoesWrongTest {

    private static final int WORLDS = 40;

    @Test
    void actorsLeaveAndComeBackAndRoomRunsOut() {
        var missing = new HashSet<>(Set.of(
                "application hello leaves",
                "rollout hello on c1 leaves",
                "application hello comes back",
                "leaves a message out",
                "is kept",
                "restarts",
                "crashes",
                "which doesn't know"));
        for (long seed = 1; seed <= WORLDS; seed++) {
            var story = Simulation.story(seed, Bug.NONE);
            missing.removeIf(words -> story.stream().anyMatch(line -> line.contains(words)));
        }
        assertThat(missing).isEmpty();
    }
}
