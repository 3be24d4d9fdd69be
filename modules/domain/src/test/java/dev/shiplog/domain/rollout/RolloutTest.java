package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.configMap;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.rollout.RolloutStories.INVALID;
import static dev.shiplog.domain.rollout.RolloutStories.UNREACHABLE;
import static dev.shiplog.domain.rollout.RolloutStories.applied;
import static dev.shiplog.domain.rollout.RolloutStories.assign;
import static dev.shiplog.domain.rollout.RolloutStories.assigned;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.completed;
import static dev.shiplog.domain.rollout.RolloutStories.healthy;
import static dev.shiplog.domain.rollout.RolloutStories.marked;
import static dev.shiplog.domain.rollout.RolloutStories.named;
import static dev.shiplog.domain.rollout.RolloutStories.observe;
import static dev.shiplog.domain.rollout.RolloutStories.paused;
import static dev.shiplog.domain.rollout.RolloutStories.rolling;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;
import static dev.shiplog.domain.rollout.RolloutStories.stuck;
import static dev.shiplog.domain.rollout.RolloutStories.trouble;
import static dev.shiplog.domain.rollout.RolloutStories.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.RolloutCommand.ConfirmDeleted;
import dev.shiplog.domain.rollout.RolloutEvent.Applied;
import dev.shiplog.domain.rollout.RolloutEvent.Completed;
import dev.shiplog.domain.rollout.RolloutEvent.Failed;
import dev.shiplog.domain.rollout.RolloutEvent.Hindered;
import dev.shiplog.domain.rollout.RolloutEvent.Pruned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A generation on one cluster: assigned, written, watched, told. */
class RolloutTest {

    private static final ObjectKey DEPLOYMENT = new ObjectKey("apps/v1", "Deployment", "default", "hello");

    @Test
    void isWrittenThenWatchedThenTold() {
        rollout()
                .when(assign(1))
                .then(assigned(assign(1).assignment()))
                .check(state -> assertThat(new RolloutDecider().outstanding(state))
                        .containsExactly(RolloutStories.apply(assign(1).assignment())))
                .when(applied(1))
                .then(new Applied(1))
                .check(state -> assertThat(new RolloutDecider().outstanding(state))
                        .containsExactly(new RolloutTask.Watch(HELLO, "gke-seoul", 1, 0)))
                .when(observe(1, healthy(1)))
                .then(new Completed(1, 1))
                .check(state -> assertThat(new RolloutDecider().outstanding(state))
                        .containsExactly(
                                new RolloutTask.Tell(HELLO, new Report("gke-seoul", 1, new Result.Completed()))));
    }

    @Test
    void anAssignmentThatIsNotNewerChangesNothing() {
        completed().when(assign(1)).thenNothing().when(assign(0)).thenNothing();
    }

    @Test
    void aNewerAssignmentTakesThePlaceOfAnyOther() {
        rolling().when(assign(2)).then(assigned(assign(2).assignment()));
    }

    @Test
    void whatIsToldOfAnotherGenerationChangesNothing() {
        rolling()
                .after(assign(2))
                .when(applied(1))
                .thenNothing()
                .when(trouble(1, INVALID))
                .thenNothing()
                .when(observe(1, healthy(1)))
                .thenNothing()
                .when(new ConfirmDeleted(1, Set.of(DEPLOYMENT)))
                .thenNothing();
    }

    @Test
    void anObservationOfTheGenerationBeforeDoesNotCompleteIt() {
        rolling()
                .after(assign(2), applied(2))
                .later(Duration.ofSeconds(-58))
                .when(observe(1, healthy(1)))
                .thenNothing();
    }

    /** Found by the simulation: a late request had brought back what a wiped cluster had lost. */
    @Test
    void whatCarriesAnOlderGenerationForLongIsWrittenAgain() {
        rolling()
                .after(assign(2), applied(2))
                .when(observe(1, healthy(1)))
                .then(assigned(assign(2).assignment()));
    }

    @Test
    void trustsNoCounterBeforeTheControllerHasLooked() {
        rolling().when(observe(1, workload(2, 1, 3, 3, 3, 3))).thenNothing();
    }

    @Test
    void isNotDoneWhilePodsOfALargerScaleAreStillThere() {
        rolling().when(observe(1, workload(2, 2, 3, 5, 5, 5))).thenNothing();
    }

    /** Found by the simulation: a cluster is wiped, written again, and a late sighting of the old pods comes in. */
    @Test
    void whatWasSeenBeforeItWasWrittenSaysNothing() {
        rolling().when(observe(Story.BEGINNING, 1, healthy(1))).thenNothing();
    }

    /** What is done has its former configuration deleted; the pods that a scale would bring now are still the former ones. */
    @Test
    void isNotDoneWhileItIsPausedWithoutPods() {
        completed()
                .after(assign(2), applied(2))
                .when(observe(2, paused(workload(2, 2, 0, 0, 0, 0))))
                .thenNothing();
    }

    @Test
    void isNotDoneWhileAWorkloadOfItIsMissing() {
        var two = spec(deployment("hello", "hello:1.0.0", 3), deployment("sidekick", "hello:1.0.0", 3));
        rollout()
                .after(assign(1, two), applied(1))
                .when(observe(1, healthy(1), named("sidekick", healthy(1))))
                .then(new Completed(1, 1));
    }

    @Test
    void isWrittenAgainIfAWorkloadVanishesWhileItRolls() {
        var two = spec(deployment("hello", "hello:1.0.0", 3), deployment("sidekick", "hello:1.0.0", 3));
        rollout().after(assign(1, two), applied(1)).when(observe(1, healthy(1))).then(assigned(assignment(1, two)));
        rolling().when(observe(0)).then(assigned(assign(1).assignment()));
    }

    @Test
    void stopsWhenItSeesANewerGenerationAndSaysSo() {
        rolling()
                .when(observe(3, healthy(4)))
                .then(new Failed(
                        1,
                        1,
                        new Trouble(
                                Trouble.Kind.OUTRUN,
                                "the cluster carries generation 3, this is 1: somebody else writes to it")));
    }

    @Test
    void aReleaseWithoutWorkloadsIsDoneOnceItIsWritten() {
        rollout().after(assign(1, spec(service("hello")))).when(applied(1)).then(new Applied(1), new Completed(1, 1));
    }

    @Test
    void troubleThatMayPassIsToldOnceAndTheWorkIsStillOwed() {
        rollout()
                .after(assign(1))
                .when(trouble(1, UNREACHABLE))
                .then(new Hindered(1, UNREACHABLE))
                .when(trouble(1, new Trouble(Trouble.Kind.UNREACHABLE, "no route to host")))
                .thenNothing()
                .check(state -> assertThat(new RolloutDecider().outstanding(state))
                        .containsExactly(RolloutStories.apply(assign(1).assignment())))
                .when(applied(1))
                .then(new Applied(1));
    }

    /** Found by the simulation: an owner that was behind was refused for ever, and never learnt why. */
    @Test
    void whoeverIsLateWritesAgainAndSoLearnsWhetherItIsBehind() {
        rollout()
                .after(assign(1))
                .when(trouble(1, new Trouble(Trouble.Kind.LATE, "a step further")))
                .then(assigned(assign(1).assignment()));
    }

    @Test
    void troubleThatWillNotPassEndsIt() {
        rollout().after(assign(1)).when(trouble(1, INVALID)).then(new Failed(1, 1, INVALID));
    }

    @Test
    void failsAtItsDeadlineWithTheCause() {
        rolling()
                .later(Duration.ofMinutes(10))
                .when(observe(1, stuck("hello", false, Optional.empty())))
                .then(new Failed(
                        1,
                        1,
                        new Trouble(
                                Trouble.Kind.DEADLINE_EXCEEDED,
                                "deployment \"hello\" exceeded its progress deadline")));
    }

    /** Recording 06-bad-image-first: after a scale the old condition stands for a while under the new generation. */
    @Test
    void aDeadlineThatWasExceededBeforeItBeganSaysNothingYet() {
        var failed = rolling().later(Duration.ofMinutes(10)).after(observe(1, stuck("hello", false, Optional.empty())));
        var again = failed.after(assign(2));
        var written = again.later(Duration.ofSeconds(-60)).after(applied(2)).later(Duration.ofSeconds(-58));
        written.when(observe(2, stuck("hello", false, Optional.empty()))).thenNothing();
        written.later(Duration.ofSeconds(30))
                .when(observe(2, stuck("hello", false, Optional.empty())))
                .accepted()
                .check(state -> assertThat(state.stage()).isInstanceOf(Rollout.Stage.Failed.class));
    }

    @Test
    void whatIsLeftOverIsDeletedBeforeItIsTold() {
        var conf = configMap("conf", "mode", "quiet");
        var old = rollout()
                .after(
                        assign(1, spec(deployment("hello", "hello:1.0.0", 3), conf)),
                        applied(1),
                        observe(1, healthy(1)));
        var pruning = old.after(assign(2), applied(2), observe(2, healthy(2)));
        var leftover = pruning.state().leftovers();
        assertThat(leftover).singleElement().extracting(ObjectKey::kind).isEqualTo("ConfigMap");
        assertThat(pruning.outstanding()).containsExactly(new RolloutTask.Delete(HELLO, "gke-seoul", 2, 0, leftover));
        pruning.when(new ConfirmDeleted(2, leftover))
                .then(new Pruned(2, leftover))
                .check(state -> assertThat(new RolloutDecider().outstanding(state))
                        .containsExactly(
                                new RolloutTask.Tell(HELLO, new Report("gke-seoul", 2, new Result.Completed()))));
        pruning.after(trouble(2, UNREACHABLE)).when(trouble(2, UNREACHABLE)).thenNothing();
        assertThat(pruning.after(trouble(2, UNREACHABLE)).outstanding())
                .as("trouble with leftovers doesn't hold the good news back")
                .containsExactly(
                        new RolloutTask.Delete(HELLO, "gke-seoul", 2, 0, leftover),
                        new RolloutTask.Tell(
                                HELLO,
                                new Report(
                                        "gke-seoul",
                                        2,
                                        new Result.Completed(Optional.empty(), Optional.empty(), true))));
        assertThat(pruning.after(trouble(2, UNREACHABLE), new ConfirmDeleted(2, leftover))
                        .outstanding())
                .as("and when they are gone, that is told")
                .containsExactly(new RolloutTask.Tell(HELLO, new Report("gke-seoul", 2, new Result.Completed())));
    }

    @Test
    void anObjectThatIsWrittenInAnotherVersionOfItsKindIsNotLeftOver() {
        var completed = rollout()
                .after(
                        assign(1, spec(deployment("hello", "hello:1.0.0", 3), scaler("autoscaling/v1"))),
                        applied(1),
                        observe(1, healthy(1)),
                        assign(2, spec(deployment("hello", "hello:2.0.0", 3), scaler("autoscaling/v2"))),
                        applied(2),
                        observe(2, healthy(2)));
        assertThat(completed.state().leftovers()).isEmpty();

        var without = completed.after(assign(3), applied(3), observe(3, healthy(3)));
        assertThat(without.state().leftovers())
                .extracting(ObjectKey::apiVersion)
                .containsExactlyInAnyOrder("autoscaling/v1", "autoscaling/v2");
    }

    private static KubernetesObject scaler(String apiVersion) {
        return new KubernetesObject(Json.EMPTY
                .with("apiVersion", Json.text(apiVersion))
                .with("kind", Json.text("HorizontalPodAutoscaler"))
                .with("metadata", Json.EMPTY.with("name", Json.text("hello"))));
    }

    @Test
    void anotherTroubleOfTheSameKindIsNewsOnceTheFirstIsOver() {
        var first = configMap("conf", "mode", "quiet");
        var second = configMap("more", "mode", "quiet");
        var completed = rollout()
                .after(
                        assign(1, spec(deployment("hello", "hello:1.0.0", 3), first, second)),
                        applied(1),
                        observe(1, healthy(1)))
                .after(assign(2), applied(2), observe(2, healthy(2)), trouble(2, UNREACHABLE));
        var some = completed.state().leftovers().stream().limit(1).collect(Collectors.toSet());
        completed.when(trouble(2, UNREACHABLE)).thenNothing();
        completed
                .after(new ConfirmDeleted(2, some))
                .when(trouble(2, UNREACHABLE))
                .then(new Hindered(2, UNREACHABLE));
    }

    @Test
    void afterAFailureTheOldConfigurationStaysForTheOldPods() {
        var conf = configMap("conf", "mode", "quiet");
        var failed = rollout()
                .after(assign(1, spec(deployment("hello", "hello:1.0.0", 3), conf)), applied(1), observe(1, healthy(1)))
                .after(assign(2), trouble(2, INVALID));
        assertThat(failed.outstanding()).noneMatch(RolloutTask.Delete.class::isInstance);
    }

    /** It is told until it is read, and whatever comes of the network by then, nothing is left to do. */
    @Test
    void troubleAfterTheEndIsNoNewsWhereNothingIsLeftOver() {
        completed().when(trouble(1, UNREACHABLE)).thenNothing();
    }

    /** What an earlier release has left behind may be there for a while yet. */
    @Test
    void isDoneWhateverElseOfTheApplicationIsThere() {
        var leftover = marked(named("hello-canary", workload(1, 1, 3, 3, 0, 0)), 1, 0);
        var own = marked(healthy(1), 2, 0);
        completed().after(assign(2), applied(2)).when(seen(own, leftover)).then(new Completed(2, 2));
    }

    private static RolloutCommand seen(Observation.Workload... workloads) {
        return new RolloutCommand.Observe(new Observation(
                HELLO,
                "gke-seoul",
                Story.BEGINNING.plusSeconds(86_400),
                List.of(workloads),
                List.of(),
                Optional.empty(),
                List.of()));
    }
}
