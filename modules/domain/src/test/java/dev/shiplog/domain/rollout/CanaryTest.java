package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 13 to 15 of the walkthrough: a canary, layout by layout. */
class CanaryTest {

    private static final Strategy.Canary CANARY = canary(weight(25), pause());
    private static final Strategy.Canary BINDING = Canaries.binding(CANARY);

    @Test
    void aPauseWithoutATimeIsNotOverAYearLater() {
        plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause())))
                .passing(Duration.ofDays(365))
                .stands(Rollout.Stage.Holding.class);
    }

    @Test
    void comesUpBesideStableThenStableMakesRoom() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .then("plain:good*4 canary:new*1 >plain (good)", "plain:good*3 canary:new*1 >plain (good)")
                .stands(Rollout.Stage.Holding.class)
                .leaves("Deployment/hello", "Deployment/hello-canary", "Service/hello");
    }

    /** Row 13: of three replicas and one more, one in four requests is the canary's. */
    @Test
    void ofThreeReplicasOneInFourPodsIsTheCanarys() {
        plain(3).assign(2, 2, spec(2, 3, CANARY)).then("plain:good*3 canary:new*1 >plain (good)");
    }

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
    void takesItsStepsOneByOneAndPausesByItself() {
        var strategy = canary(weight(25), pause(Duration.ofMinutes(5)), weight(50), pause(), weight(100));
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .passing(Duration.ofMinutes(5))
                .then(
                        "plain:good*3 canary:new*1 >plain (good)",
                        "plain:good*3 canary:new*2 >plain (good)",
                        "plain:good*2 canary:new*2 >plain (good)")
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.promoted(4)))
                .then(
                        "plain:good*2 canary:new*3 >plain (good)",
                        "plain:good*0 canary:new*3 >plain (good)",
                        "plain:good*0 canary:new*4 >plain (good)",
                        "plain:new*0 canary:new*4 >plain",
                        "plain:new*1 canary:new*4 >plain",
                        "plain:new*1 canary:new*2 >plain",
                        "plain:new*3 canary:new*2 >plain",
                        "plain:new*3 canary:new*0 >plain",
                        "plain:new*4 canary:new*0 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void thePauseDoesNotPassBeforeItsTime() {
        var strategy = canary(weight(25), pause(Duration.ofHours(5)));
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .passing(Duration.ofHours(1))
                .then()
                .stands(Rollout.Stage.Holding.class);
    }

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

    /** However it ends: a cluster with room for the replicas and the surge has room for all of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 25, 50, 75, 99, 100})
    void noMorePodsThanTheSurgeAllowsOnTheWayInAndOnTheWayBack(int weight) {
        var strategy = canary(weight(weight), pause());
        for (int replicas = 2; replicas <= 12; replicas++) {
            int most = replicas + (replicas + 3) / 4;
            var held = plain(replicas).assign(2, 2, spec(2, replicas, strategy));
            held.staysWithin(most);
            plain(replicas)
                    .assign(2, 2, spec(2, replicas, strategy))
                    .assign(assignment(3, 2, spec(2, replicas, strategy), Directions.NONE.promoted(2)))
                    .staysWithin(most)
                    .stands(Rollout.Stage.Completed.class);
            held.assign(assignment(3, 2, spec(2, replicas, strategy), Directions.NONE.abort()))
                    .staysWithin(most)
                    .stands(Rollout.Stage.Aborted.class);
        }
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

    /** 3 + 0 serve when the abort comes, a pod fewer than are wanted, which is all that may be missing. */
    @Test
    void isRolledBackBesideEnoughPodsWhenItIsAbortedOnTheWay() {
        var strategy = canary(weight(50), pause());
        var going = plain(4).assign(2, 2, spec(2, 4, strategy))
                .interruptedAt("plain:new*3 canary:new*0 >plain")
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.full()))
                .story();
        var leg = going.state().position().leg();
        new CourseStories.Run(going.after(new RolloutCommand.ConfirmApplied(3, leg)))
                .assign(assignment(
                        4, 2, spec(2, 4, strategy), Directions.NONE.full().abort()))
                .then("plain:good*4 canary:new*0 >plain (good)")
                .stands(Rollout.Stage.Aborted.class);
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
    void aCanaryWithoutWeightHasNoPods() {
        var strategy = canary(weight(50), pause(Duration.ofMinutes(5)), weight(0), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .passing(Duration.ofMinutes(5))
                .then(
                        "plain:good*2 canary:new*2 >plain (good)",
                        "plain:good*3 canary:new*2 >plain (good)",
                        "plain:good*3 canary:new*0 >plain (good)",
                        "plain:good*4 canary:new*0 >plain (good)")
                .stands(Rollout.Stage.Holding.class)
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.promoted(4)))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    @Test
    void aScaleToNothingLeavesNothingOfTheCanary() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 2, spec(2, 0, CANARY), Directions.NONE))
                .then("plain:good*0 canary:new*0 >plain (good)")
                .assign(assignment(4, 2, spec(2, 4, CANARY), Directions.NONE))
                .stands(Rollout.Stage.Holding.class);
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

    @Test
    void theWayBackTakesNoSteps() {
        plain(4).assign(2, 2, spec(2, 4, CANARY))
                .assign(assignment(3, 3, spec(1, 4, CANARY), Directions.STRAIGHT))
                .then("plain:new*3 canary:other*1 >plain", "plain:new*4 canary:other*1 >plain")
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

    /** Each pause has its own, also the one after. */
    @Test
    void theNextPauseBeginsWhenItIsReached() {
        var strategy = canary(weight(25), pause(Duration.ofHours(5)), pause(Duration.ofHours(5)));
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .passing(Duration.ofHours(6))
                .stands(Rollout.Stage.Holding.class)
                .passing(Duration.ofHours(1))
                .stands(Rollout.Stage.Holding.class)
                .passing(Duration.ofHours(4))
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void aReleaseWithTheSamePodsNeedsNoCanary() {
        plain(3).assign(2, 2, spec(1, 5, CANARY)).then("plain:new*5 >plain").stands(Rollout.Stage.Completed.class);
    }

    @Test
    void theFirstReleaseNeedsNoCanary() {
        new CourseStories.Run(RolloutStories.rollout())
                .assign(1, 1, spec(1, 3, CANARY))
                .then("plain:new*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void setCanaryScaleLeavesStableAsItIs() {
        plain(4).assign(2, 2, spec(2, 4, canary(new Strategy.CanaryStep.SetCanaryScale(3), pause())))
                .then("plain:good*4 canary:new*3 >plain (good)");
    }

    @Test
    void theCanarysPodsAreLabelledAndSelectedApart() {
        var objects = plain(4).assign(2, 2, spec(2, 4, CANARY)).objects();
        var canary = named(objects, "hello-canary");
        var labels = Samples.obj("app", "hello", "track", "canary");
        assertThat(canary.json().object("spec").object("selector").object("matchLabels"))
                .isEqualTo(labels);
        assertThat(canary.json()
                        .object("spec")
                        .object("template")
                        .object("metadata")
                        .object("labels"))
                .isEqualTo(labels);
        assertThat(named(objects, "hello")
                        .json()
                        .object("spec")
                        .object("selector")
                        .object("matchLabels"))
                .isEqualTo(Samples.obj("app", "hello"));
    }

    /** Row 14. */
    @Test
    void clientsStayWhereTheyAreWhileThereIsACanary() {
        var held = plain(4).assign(2, 2, spec(2, 4, BINDING));
        assertThat(service(held).text("sessionAffinity")).contains("ClientIP");
        assertThat(service(held)
                        .object("sessionAffinityConfig")
                        .object("clientIP")
                        .number("timeoutSeconds"))
                .contains(10_800);
        var done = held.assign(assignment(3, 2, spec(2, 4, BINDING), Directions.NONE.promoted(2)));
        assertThat(service(done).text("sessionAffinity")).isEmpty();
    }

    /** The Service is written once more, without what it had for the canary. */
    @Test
    void clientsAreFreeAgainAfterAnAbort() {
        plain(4).assign(2, 2, spec(2, 4, BINDING))
                .assign(assignment(3, 2, spec(2, 4, BINDING), Directions.NONE.abort()))
                .then(
                        "plain:good*4 canary:new*1 >plain (good)",
                        "plain:good*4 canary:new*0 >plain (good)",
                        "plain:good*4 >plain (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello", "Service/hello");
    }

    /** The canary stays, of the same version as all others: nobody has to be kept on one. */
    @Test
    void clientsAreFreeAgainWhileAPromotedCanaryIsKept() {
        var strategy = Canaries.kept(BINDING, Duration.ofHours(1));
        var kept = plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.promoted(2)))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello", "Deployment/hello-canary", "Service/hello");
        assertThat(service(kept.applied()).text("sessionAffinity")).isEmpty();
        kept.passing(Duration.ofHours(1)).leaves("Deployment/hello", "Service/hello");
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

    @Test
    void aPauseByHandHoldsTheStep() {
        var run = plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause(Duration.ofMinutes(5)))));
        run.assign(byHand(run, 3, true))
                .then("plain:good*3 canary:new*1 >plain (good)")
                .passing(Duration.ofHours(1))
                .then()
                .stands(Rollout.Stage.Rolling.class);
    }

    @Test
    void whatIsLeftOfAPauseIsLeftWhenItIsResumed() {
        var run = plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause(Duration.ofHours(5)))))
                .passing(Duration.ofHours(3));
        var paused = run.assign(byHand(run, 3, true)).passing(Duration.ofHours(4));
        paused.assign(byHand(paused, 4, false))
                .stands(Rollout.Stage.Holding.class)
                .passing(Duration.ofHours(1))
                .stands(Rollout.Stage.Holding.class)
                .passing(Duration.ofHours(1))
                .stands(Rollout.Stage.Completed.class);
    }

    /** The same, paused or resumed by somebody. */
    private static Assignment byHand(CourseStories.Run run, int generation, boolean paused) {
        var present = run.story().state().assignment().orElseThrow();
        return new Assignment(
                present.application(),
                present.cluster(),
                generation,
                2,
                present.objects(),
                present.strategy(),
                Directions.NONE,
                paused,
                false,
                false,
                "");
    }

    private static dev.shiplog.domain.json.Json.Obj service(CourseStories.Run run) {
        return service(run.objects());
    }

    private static dev.shiplog.domain.json.Json.Obj service(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("Service"))
                .findFirst()
                .orElseThrow()
                .json()
                .object("spec");
    }

    private static KubernetesObject named(List<KubernetesObject> objects, String name) {
        return objects.stream()
                .filter(object -> object.isWorkload() && object.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
