package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;

import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.Strategy;
import org.junit.jupiter.api.Test;

/** A canary is taken away: by an abort, or by the release that comes after it. */
class CanaryAbortTest {

    private static final Strategy.Canary CANARY = canary(weight(25), pause());

    /** 4 replicas with a bad canary: 1 canary + 4 stable, failed; abort: 0 + 4. */
    @Test
    void aBadCanaryLeavesStableWholeAndAnAbortTakesItAway() {
        plain(4).broken(2)
                .assign(2, 2, spec(2, 4, CANARY))
                .then("plain:good*4 canary:new*1 >plain (good)")
                .stands(Rollout.Stage.Failed.class)
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.abort()))
                .then("plain:good*4 canary:other*1 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void anAbortLeavesStableWholeBeforeTheCanaryGoes() {
        var strategy = canary(weight(50), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.abort()))
                .then(
                        "plain:good*3 canary:new*2 >plain (good)",
                        "plain:good*3 canary:new*1 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*4 canary:new*0 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** 3 + 0 serve when the abort comes, a pod fewer than are wanted, which is all that may be missing. */
    @Test
    void isRolledBackBesideEnoughPodsWhenItIsAbortedOnTheWay() {
        var strategy = canary(weight(50), pause());
        var going = plain(4).assign(2, 2, spec(2, 4, strategy))
                .interruptedAt("plain:new*3 canary:new*0 >plain")
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.full()))
                .story();
        var leg = going.state().position().leg();
        new Run(going.after(new RolloutCommand.ConfirmApplied(3, leg)))
                .assign(assignment(
                        4, 2, spec(2, 4, strategy), Directions.NONE.full().abort()))
                .then("plain:good*4 canary:new*0 >plain (good)")
                .stands(Rollout.Stage.Aborted.class);
    }

    @Test
    void theWayBackTakesNoSteps() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 3, spec(1, 4, CANARY), Directions.STRAIGHT))
                .then("plain:new*3 canary:other*1 >plain", "plain:new*4 canary:other*1 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** A second bad one leaves the first good one untouched. */
    @Test
    void aNewReleaseBeginsAgainFromTheLastGoodOne() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(3, 3, spec(3, 4, CANARY))
                .then(
                        "plain:good*4 canary:other*1 >plain (good)",
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*3 canary:new*1 >plain (good)")
                .stands(Rollout.Stage.Holding.class);
    }

    /** The canary of the first bad one is gone before the second one's comes, and does not stay under it. */
    @Test
    void aSecondBadOneDoesNotRollOverTheFirst() {
        plain(4).broken(2)
                .assign(2, 2, spec(2, 4, CANARY))
                .assign(3, 3, spec(3, 4, CANARY))
                .then(
                        "plain:good*4 canary:other*1 >plain (good)",
                        "plain:good*4 >plain (good)",
                        "plain:good*4 canary:new*1 >plain (good)")
                .stands(Rollout.Stage.Failed.class);
    }

    /** Who comes after it can't make it smaller: it goes as soon as stable is enough without it. */
    @Test
    void whatIsLeftOfACanaryGetsNoRoomBeyondTheSurge() {
        var strategy = canary(weight(50), pause());
        plain(8).assign(2, 2, spec(2, 8, strategy))
                .assign(assignment(3, 3, spec(1, 8, strategy), Directions.STRAIGHT))
                .then(
                        "plain:new*4 canary:other*4 >plain",
                        "plain:new*6 canary:other*4 >plain",
                        "plain:new*6 >plain",
                        "plain:new*8 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /**
     * Found by the simulation: 2 + 1 pods served, 2 + 3 were asked for and never heard of. What replaces the 2 in place misses
     * one of its own meanwhile, so it has all 4 that are wanted: none goes before another has come.
     */
    @Test
    void whatReplacesStableCountsOnNoCanaryThatNobodyHasSeen() {
        plain(4).interruptedAt("plain:good*2 canary:new*3 >plain (good)")
                .assign(2, 2, spec(2, 4, canary(weight(60), pause())))
                .assign(3, 3, spec(3, 4, Strategy.AS_WRITTEN))
                .then("plain:new*4 canary:other*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** Its pods were ready once and aren't any more: that is why it is aborted, and nothing to wait for. */
    @Test
    void anAbortDoesNotWaitForTheCanarysPods() {
        var strategy = canary(weight(50), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .brokenOnly(2)
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.abort()))
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }
}
