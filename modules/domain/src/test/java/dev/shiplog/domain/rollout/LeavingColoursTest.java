package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.AT_ONCE;
import static dev.shiplog.domain.rollout.CourseStories.blue;
import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.kept;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From two colours to a strategy without them. */
class LeavingColoursTest {

    @Test
    void rollingFromAColourComesUpBesideIt() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, Strategy.AS_WRITTEN))
                .then("plain:new*3 blue:good*3 >blue (good)", "plain:new*3 blue:good*3 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** Found by the simulation: three had come to serve in blue, none was asked for and never heard of. */
    @Test
    void aNumberThatNeverGotThroughTakesNothingFromTheColourThatServes() {
        plain(3).interruptedAt("plain:good*3 blue:good*3 >blue (good)")
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assignUnheard(3, 3, spec(3, 0, AT_ONCE))
                .assign(4, 4, spec(4, 3, Strategy.AS_WRITTEN))
                .then(
                        "blue:good*3 green:other*0 >blue (good)",
                        "blue:good*3 >blue (good)",
                        "plain:new*3 blue:good*3 >blue (good)",
                        "plain:new*3 blue:good*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** Found by the simulation: it waited for ever for endpoints of a Service that was gone. */
    @Test
    void aServiceThatVanishesWhileItIsSwitchedBackIsWrittenAgain() {
        blue(3, AT_ONCE)
                .withoutServicesOf(Role.PLAIN)
                .assign(2, 2, spec(2, 3, Strategy.AS_WRITTEN))
                .then(
                        "plain:new*3 blue:good*3 >blue (good)",
                        "plain:new*3 blue:good*3 >plain",
                        "plain:new*3 blue:good*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void aCanaryFromAColourBeginsFromAPlainDeployment() {
        blue(4, AT_ONCE)
                .assign(2, 2, spec(2, 4, canary(weight(25), pause())))
                .then(
                        "plain:good*4 blue:good*4 >blue (good)",
                        "plain:good*4 blue:good*4 >plain (good)",
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*3 canary:new*1 >plain (good)");
    }

    /** Some data bear no two versions at once. */
    @Test
    void whoRecreatesHasNoTwoVersionsAtOnce() {
        var recreate = new Strategy.Recreate(Optional.empty());
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, recreate))
                .then(
                        "plain:good*3 blue:good*3 >blue (good)",
                        "plain:good*3 blue:good*3 >plain (good)",
                        "plain:good*3 >plain (good)",
                        "plain:new*3 >plain")
                .leaves("Deployment/hello", "Service/hello");
        plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause())))
                .assign(3, 3, spec(3, 4, recreate))
                .then("plain:good*3 canary:other*1 >plain (good)", "plain:good*3 >plain (good)", "plain:new*4 >plain")
                .leaves("Deployment/hello", "Service/hello");
    }

    /** Without colours the Service would select the one that was kept for the way back, too. */
    @Test
    void aColourThatWasTakenOutDoesNotServeAgainWhenColoursAreLeft() {
        for (var other : List.of(Strategy.AS_WRITTEN, new Strategy.Recreate(Optional.empty()), canary(weight(50)))) {
            var left = new Run(kept())
                    .undeleted()
                    .assign(3, 3, spec(3, 3, other))
                    .then("green:good*3 >green (good)", "green:good*3 >green (good)");
            assertThat(left.story().state().position().clearing()).isTrue();
        }
    }

    @Test
    void isToldAsASwitch() {
        var run = blue(3, AT_ONCE).assign(2, 2, spec(2, 3, Strategy.AS_WRITTEN));
        assertThat(run.events())
                .filteredOn(Switched.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    assertThat(((Switched) event).from()).isEqualTo(Role.BLUE);
                    assertThat(((Switched) event).to()).isEqualTo(Role.PLAIN);
                });
    }
}
