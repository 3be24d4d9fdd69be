package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.rollout.RolloutStories.healthy;
import static dev.shiplog.domain.rollout.RolloutStories.named;
import static dev.shiplog.domain.rollout.RolloutStories.paused;
import static dev.shiplog.domain.rollout.RolloutStories.stuck;
import static dev.shiplog.domain.rollout.RolloutStories.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Observation.Workload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row 10 of the walkthrough: {@code rollout status}, in kubectl's sentences, over statuses as they were recorded. */
class ProgressTest {

    @Test
    void waitsForTheSpecToBeObserved() {
        waits("Waiting for deployment spec update to be observed...", workload(2, 1, 3, 3, 3, 3));
    }

    @Test
    void waitsForNewReplicas() {
        waits(
                "Waiting for deployment \"hello\" rollout to finish: 1 out of 3 new replicas have been updated...",
                workload(2, 2, 3, 4, 1, 4));
    }

    @Test
    void waitsForOldReplicasToGo() {
        waits(
                "Waiting for deployment \"hello\" rollout to finish: 1 old replicas are pending termination...",
                workload(2, 2, 3, 4, 3, 4));
    }

    @Test
    void waitsForReplicasOfALargerScaleToGo() {
        waits(
                "Waiting for deployment \"hello\" rollout to finish: 2 old replicas are pending termination...",
                workload(3, 3, 3, 5, 5, 5));
    }

    @Test
    void waitsForUpdatedReplicasToBecomeAvailable() {
        waits(
                "Waiting for deployment \"hello\" rollout to finish: 2 of 3 updated replicas are available...",
                workload(2, 2, 3, 3, 3, 2));
    }

    @Test
    void isDoneWhenReplicasAreUpdatedAndAvailableAsDesired() {
        assertThat(of(healthy(1))).isEqualTo(new Progress.Done("deployment \"hello\" successfully rolled out"));
        assertThat(of(workload(1, 1, 0, 0, 0, 0))).isInstanceOf(Progress.Done.class);
    }

    /** Found by the simulation: its old pods came back with the next scale, after their configuration had gone. */
    @Test
    void aPausedOneWithoutPodsShowsNothingOfItsTemplate() {
        waits(
                "Waiting for deployment \"hello\" rollout to finish: it is paused and has no pods to show the new"
                        + " template...",
                paused(workload(2, 2, 0, 0, 0, 0)));
        assertThat(of(paused(healthy(2)))).isInstanceOf(Progress.Done.class);
    }

    @Test
    void ofSeveralWorkloadsIsDoneWhenAllAre() {
        assertThat(of(healthy(1), named("sidekick", healthy(1))))
                .isEqualTo(new Progress.Done("successfully rolled out"));
        assertThat(of(healthy(1), named("sidekick", workload(2, 1, 3, 3, 3, 3))))
                .isInstanceOf(Progress.Waiting.class);
    }

    @Test
    void saysWhyItWaits() {
        var pull = new Trouble(Trouble.Kind.IMAGE_PULL, "hello:9.9.9: ImagePullBackOff");
        assertThat(Progress.of(observation(List.of(pull), workload(2, 2, 3, 4, 1, 3))))
                .isEqualTo(new Progress.Waiting("Waiting for deployment \"hello\" rollout to finish: 1 out of 3 new "
                        + "replicas have been updated... (ImagePull: hello:9.9.9: ImagePullBackOff)"));
    }

    @Test
    void failsAtTheDeadlineWithTheCauseThatIsKnown() {
        var pull = new Trouble(Trouble.Kind.IMAGE_PULL, "hello:9.9.9: ImagePullBackOff");
        assertThat(Progress.of(observation(List.of(pull), stuck("hello", false, Optional.empty()))))
                .isEqualTo(new Progress.Failed(new Trouble(
                        Trouble.Kind.IMAGE_PULL,
                        "deployment \"hello\" exceeded its progress deadline; hello:9.9.9: ImagePullBackOff")));
    }

    @Test
    void failsAtTheDeadlineWithTheQuotaThatStoodInTheWay() {
        assertThat(of(stuck("hello", false, Optional.of("pods \"x\" is forbidden: exceeded quota: limit"))))
                .isEqualTo(new Progress.Failed(new Trouble(
                        Trouble.Kind.QUOTA_EXCEEDED,
                        "deployment \"hello\" exceeded its progress deadline; pods \"x\" is forbidden: exceeded "
                                + "quota: limit")));
    }

    @Test
    void aFailureIsToldEvenWhileAnotherWorkloadStillWaits() {
        assertThat(of(workload(2, 2, 3, 4, 1, 3), stuck("sidekick", false, Optional.empty())))
                .isInstanceOf(Progress.Failed.class);
    }

    @Test
    void aPausedOneHasNoDeadline() {
        assertThat(of(stuck("hello", true, Optional.empty()))).isInstanceOf(Progress.Waiting.class);
    }

    /** Late, but there: what all counters say counts for more than what the clock said. */
    @Test
    void isDoneEvenIfItsDeadlineWasOnceExceeded() {
        var late = new Workload(
                "hello",
                new Observation.Mark(1, 0),
                1,
                2,
                2,
                3,
                3,
                3,
                3,
                3,
                false,
                List.of(),
                Optional.of("timed out"),
                Optional.empty());
        assertThat(of(late)).isInstanceOf(Progress.Done.class);
    }

    private static void waits(String sentence, Workload workload) {
        assertThat(of(workload)).isEqualTo(new Progress.Waiting(sentence));
    }

    private static Progress of(Workload... workloads) {
        return Progress.of(observation(List.of(), workloads));
    }

    private static Observation observation(List<Trouble> troubles, Workload... workloads) {
        return new Observation(
                HELLO, "gke-seoul", Story.BEGINNING, List.of(workloads), List.of(), Optional.empty(), troubles);
    }
}
