package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.byHand;
import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.deployment;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 13 of the walkthrough: a canary comes up beside stable, step by step. */
class CanaryStepsTest {

    private static final Strategy.Canary CANARY = canary(weight(25), pause());

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

    @Test
    void aPauseWithoutATimeIsNotOverAYearLater() {
        plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause())))
                .passing(Duration.ofDays(365))
                .stands(Rollout.Stage.Holding.class);
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
    void setCanaryScaleLeavesStableAsItIs() {
        plain(4).assign(2, 2, spec(2, 4, canary(new Strategy.CanaryStep.SetCanaryScale(3), pause())))
                .then("plain:good*4 canary:new*3 >plain (good)");
    }

    @Test
    void aReleaseWithTheSamePodsNeedsNoCanary() {
        plain(3).assign(2, 2, spec(1, 5, CANARY)).then("plain:new*5 >plain").stands(Rollout.Stage.Completed.class);
    }

    @Test
    void theFirstReleaseNeedsNoCanary() {
        new Run(RolloutStories.rollout())
                .assign(1, 1, spec(1, 3, CANARY))
                .then("plain:new*3 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** However it ends. What a Deployment's own surge adds while it is replaced in place comes on top. */
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

    @Test
    void theCanarysPodsAreLabelledAndSelectedApart() {
        var objects = plain(4).assign(2, 2, spec(2, 4, CANARY)).objects();
        var canary = deployment(objects, "hello-canary");
        var labels = Samples.obj("app", "hello", "track", "canary");
        assertThat(canary.json().object("spec").object("selector").object("matchLabels"))
                .isEqualTo(labels);
        assertThat(canary.json()
                        .object("spec")
                        .object("template")
                        .object("metadata")
                        .object("labels"))
                .isEqualTo(labels);
        assertThat(deployment(objects, "hello")
                        .json()
                        .object("spec")
                        .object("selector")
                        .object("matchLabels"))
                .isEqualTo(Samples.obj("app", "hello"));
    }

    /** Each is promoted for itself, though nothing changes between them. */
    @Test
    void ofTwoPausesInARowOnlyTheOneThatIsPromotedIsOver() {
        var strategy = canary(weight(25), pause(), pause());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.promoted(2)))
                .stands(Rollout.Stage.Holding.class)
                .assign(assignment(4, 2, spec(2, 4, strategy), Directions.NONE.promoted(3)))
                .stands(Rollout.Stage.Completed.class);
    }

    /** It is told to the application, and whoever carries it out is to come back when its time is over. */
    @Test
    void aPauseIsToldAndItsEndIsAwaited() {
        var held = CourseStories.held();
        var until = held.state().position().heldUntil().orElseThrow();
        assertThat(held.outstanding())
                .containsExactly(
                        new RolloutTask.Watch(Samples.HELLO, "gke-seoul", 2, 1),
                        new RolloutTask.Tell(
                                Samples.HELLO,
                                new Report("gke-seoul", 2, new Result.Held(1, Optional.of(until), Optional.empty()))),
                        new RolloutTask.Await(until));
    }

    @Test
    void aPauseByHandStopsTheNewPodsAndNoOthers() {
        var run = plain(4).assign(2, 2, spec(2, 4, CANARY));
        var paused = run.assign(byHand(run, 3, true)).applied();
        assertThat(isPaused(paused, "hello-canary")).contains(Json.bool(true));
        assertThat(isPaused(paused, "hello")).contains(Json.bool(false));
    }

    private static Optional<Json> isPaused(List<KubernetesObject> objects, String name) {
        return deployment(objects, name).json().object("spec").at("paused");
    }

    /** What is paused stays as it is: not even a canary comes up, though the one before it has gone. */
    @Test
    void aPauseByHandKeepsTheCanaryFromComing() {
        var run = plain(4).assign(2, 2, spec(2, 4, CANARY))
                .interruptedAt("plain:good*4 >plain (good)")
                .assign(3, 3, spec(3, 4, CANARY))
                .interruptedAt("nowhere");
        run.assign(byHand(run, 4, true)).then("plain:good*4 >plain (good)");
    }

    /** Stable makes room before the canary comes, so that it is looked at once more before a pod of it goes. */
    @Test
    void withoutSurgeStableMakesRoomOnceItHasBeenSeen() {
        var strategy = new Strategy.Canary(
                List.of(weight(25), pause(), weight(50), pause()),
                Optional.of(Amount.parse("0")),
                Optional.of(Amount.parse("1")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        plain(4).assign(2, 2, spec(2, 4, strategy))
                .then(
                        "plain:good*4 >plain (good)",
                        "plain:good*3 >plain (good)",
                        "plain:good*3 canary:new*1 >plain (good)")
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.promoted(2)))
                .then(
                        "plain:good*3 canary:new*1 >plain (good)",
                        "plain:good*2 canary:new*1 >plain (good)",
                        "plain:good*2 canary:new*2 >plain (good)");
    }
}
