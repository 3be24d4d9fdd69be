package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.open;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;

import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Another number of pods is asked for while there is a canary. */
class CanaryScaleTest {

    private static final Strategy.Canary CANARY = canary(weight(25), pause());

    /** From 4 to 8 while paused at 25 %: (1,3) becomes (2,6). */
    @Test
    void bothSidesKeepTheirShareWhenItIsScaled() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 8, CANARY), Directions.NONE))
                .then("plain:good*6 canary:new*2 >plain (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    @Test
    void aScaleDownTakesACanaryOfSoManyPodsAlong() {
        var strategy = canary(new Strategy.CanaryStep.SetCanaryScale(3), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 2, strategy), Directions.NONE))
                .then("plain:good*2 canary:new*2 >plain (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    @Test
    void aScaleToNothingLeavesNothingOfTheCanary() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 0, CANARY), Directions.NONE))
                .then("plain:good*0 canary:new*0 >plain (good)")
                .assign(assignment(4, 2, spec(2, 4, CANARY), Directions.NONE))
                .stands(Rollout.Stage.Holding.class);
    }

    /** What has passed of a pause has passed. */
    @Test
    void aScaleInTheMiddleOfAPauseLeavesItsTime() {
        var strategy = canary(weight(25), pause(Duration.ofHours(5)), weight(50), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .passing(Duration.ofHours(3))
                .then()
                .assign(assignment(3, 2, spec(2, 8, strategy), Directions.NONE))
                .then("plain:good*6 canary:new*2 >plain (good)")
                .stands(Rollout.Stage.Holding.class)
                .passing(Duration.ofHours(2))
                .then(
                        "plain:good*6 canary:new*2 >plain (good)",
                        "plain:good*6 canary:new*4 >plain (good)",
                        "plain:good*4 canary:new*4 >plain (good)");
    }

    /** Four pods run; one was asked for and never heard of. Of two there are two before the canary takes one's place. */
    @Test
    void growsFromANumberThatNeverGotThroughByAllThatServe() {
        plain(4).assignUnheard(2, 2, spec(2, 1, CANARY))
                .assign(3, 3, spec(3, 2, canary(weight(50), pause())))
                .then("plain:good*2 canary:new*1 >plain (good)", "plain:good*1 canary:new*1 >plain (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    /** The same release, scaled down while the cluster was away, and up again. */
    @Test
    void aScaleThatNeverGotThroughTakesNothingAway() {
        var strategy = canary(weight(25), pause());
        plain(8).assignUnheard(2, 2, spec(2, 1, strategy))
                .assignUnheard(3, 2, spec(2, 1, strategy))
                .assign(4, 2, spec(2, 8, strategy))
                .then("plain:good*8 canary:new*2 >plain (good)", "plain:good*6 canary:new*2 >plain (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    /** As many as there were: a release that leaves its number open changes none. */
    @Test
    void aShareOfAnOpenNumberIsOneOfThePodsThatThereWere() {
        plain(8).assign(2, 2, open(2, CANARY))
                .then("plain:good*8 canary:new*2 >plain (good)", "plain:good*6 canary:new*2 >plain (good)");
    }

    @Test
    void whereNobodyEverSaidANumberThereIsOnePod() {
        new Run(RolloutStories.rollout())
                .assign(1, 1, open(1, Strategy.AS_WRITTEN))
                .assign(2, 2, open(2, CANARY))
                .then("plain:good*1 canary:new*1 >plain (good)");
    }

    /** Found by the simulation: 3 of a canary came beside the 4, which are all that a surge of one has room for. */
    @Test
    void aScaleThatMeetsAStepOnItsWayGivesTheCanaryNoRoomBeyondTheSurge() {
        var strategy = canary(weight(75), pause());
        plain(2).interruptedAt("plain:good*2 canary:new*1 >plain (good)")
                .assign(2, 2, spec(2, 2, strategy))
                .interruptedAt("nowhere")
                .assign(3, 2, spec(2, 4, strategy))
                .then(
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*2 canary:new*1 >plain (good)",
                        "plain:good*2 canary:new*3 >plain (good)",
                        "plain:good*1 canary:new*3 >plain (good)")
                .stands(Rollout.Stage.Holding.class);
    }
}
