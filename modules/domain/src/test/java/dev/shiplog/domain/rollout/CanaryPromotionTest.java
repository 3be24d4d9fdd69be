package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Row 15 of the walkthrough: a canary becomes stable, and goes. */
class CanaryPromotionTest {

    private static final Strategy.Canary CANARY = canary(weight(25), pause());

    @Test
    void isPromotedIntoStableThenGoes() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.promoted(2)))
                .then(
                        "plain:good*3 canary:new*1 >plain (good)",
                        "plain:new*3 canary:new*1 >plain",
                        "plain:new*4 canary:new*1 >plain",
                        "plain:new*4 canary:new*0 >plain")
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void aFullPromotionSkipsWhatIsLeft() {
        var strategy = canary(weight(25), pause(), weight(50), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.full()))
                .then(
                        "plain:good*3 canary:new*1 >plain (good)",
                        "plain:new*3 canary:new*1 >plain",
                        "plain:new*4 canary:new*1 >plain",
                        "plain:new*4 canary:new*0 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** 2 + 1 serve, a pod fewer than are wanted, which is all that may be missing. */
    @Test
    void isRolledInBesideEnoughPodsWhenItIsPromotedOnTheWay() {
        var strategy = canary(weight(60), pause());
        plain(4).interruptedAt("plain:good*2 canary:new*1 >plain (good)")
                .assign(2, 2, spec(2, 4, strategy))
                .interruptedAt("nowhere")
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.full()))
                .then(
                        "plain:good*2 canary:new*1 >plain (good)",
                        "plain:new*3 canary:new*1 >plain",
                        "plain:new*4 canary:new*1 >plain",
                        "plain:new*4 canary:new*0 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** However full the promotion: what was never ready is not rolled over what serves. */
    @Test
    void aBadCanaryIsNotPromoted() {
        plain(4).broken(2)
                .assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.full()))
                .then("plain:good*4 canary:new*1 >plain (good)")
                .stands(Rollout.Stage.Failed.class);
    }

    /** A release that mends what serves is not kept from doing so by what it mends. */
    @Test
    void aGoodCanaryIsPromotedThoughStableIsBroken() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .brokenOnly(1)
                .assign(assignment(3, 2, spec(2, 4, CANARY), Directions.NONE.promoted(2)))
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void theCanaryStaysForItsDelayThenGoes() {
        var strategy = Canaries.kept(canary(weight(25)), Duration.ofHours(1));
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Deployment/hello-canary", "Service/hello")
                .passing(Duration.ofHours(1))
                .leaves("Deployment/hello", "Service/hello");
    }
}
