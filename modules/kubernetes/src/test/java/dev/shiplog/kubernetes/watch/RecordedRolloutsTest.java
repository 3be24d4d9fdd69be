package dev.shiplog.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.rollout.Progress;
import dev.shiplog.kubernetes.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every status that a real Deployment went through, as an observation, and what kubectl would say to it. */
class RecordedRolloutsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ApplicationName HELLO = new ApplicationName("default", "hello");

    @Test
    void aRollingUpdateIsToldStepByStepAndDoneOnlyAtTheEnd() {
        assertThat(progress("03-rolling-update-3"))
                .containsExactly(
                        "Waiting for deployment spec update to be observed...",
                        "Waiting for deployment spec update to be observed...",
                        "0 out of 3 updated",
                        "0 of 3 available",
                        "1 of 3 available",
                        "2 of 3 available",
                        "done",
                        "Waiting for deployment spec update to be observed...",
                        "Waiting for deployment spec update to be observed...",
                        "0 out of 3 updated",
                        "1 out of 3 updated",
                        "1 out of 3 updated",
                        "1 out of 3 updated",
                        "2 out of 3 updated",
                        "2 out of 3 updated",
                        "2 out of 3 updated",
                        "2 out of 3 updated",
                        "1 old pending",
                        "1 old pending",
                        "1 old pending",
                        "done",
                        "done");
    }

    @Test
    void anUndoIsNeverDoneTooEarlyThoughItsConditionSaysSoFromTheStart() {
        var states = Recording.deployments("05-undo-and-noop");
        var told = progress("05-undo-and-noop");
        for (int i = 0; i < states.size(); i++) {
            var spec = states.get(i).object("spec");
            var status = states.get(i).object("status");
            boolean isDone = status.number("observedGeneration")
                            .equals(states.get(i).object("metadata").number("generation"))
                    && List.of("replicas", "updatedReplicas", "availableReplicas").stream()
                            .allMatch(counter -> status.number(counter).equals(spec.number("replicas")));
            assertThat(told.get(i).equals("done")).as("state %d", i).isEqualTo(isDone);
        }
        assertThat(told).contains("done").endsWith("done");
    }

    @Test
    void aBadImageFailsAtItsDeadlineAndTheFixForgetsIt() {
        assertThat(progress("06-bad-image").stream().distinct())
                .startsWith("Waiting for deployment spec update to be observed...")
                .contains("failed: deployment \"hello\" exceeded its progress deadline");
        var told = progress("06-bad-image");
        int fixed = told.lastIndexOf("failed: deployment \"hello\" exceeded its progress deadline");
        assertThat(told.subList(fixed + 1, told.size()))
                .first()
                .isEqualTo("Waiting for deployment spec update to be observed...");
        assertThat(told).endsWith("done");
        assertThat(told.stream().filter(text -> text.startsWith("failed"))).hasSize(2);
    }

    @Test
    void theFailureOfAnEarlierGenerationIsNotHeldAgainstTheNext() {
        // Scaled from 3 to 4 after the deadline: observed already, and the old condition still stands.
        assertThat(progress("06-bad-image-first"))
                .containsExactly(
                        "Waiting for deployment spec update to be observed...",
                        "Waiting for deployment spec update to be observed...",
                        "0 out of 3 updated",
                        "0 of 3 available",
                        "failed: deployment \"hello\" exceeded its progress deadline",
                        "Waiting for deployment spec update to be observed...",
                        "3 out of 4 updated",
                        "3 out of 4 updated",
                        "0 of 4 available");
    }

    @Test
    void aFailureThatStaysIsToldWhenTheNextGenerationHasHadItsOwnDeadline() {
        var states = Recording.deployments("06-bad-image-first");
        var application = new ShownApplication(HELLO, "eu-1");
        for (var state : states.subList(0, 7)) {
            show(application, state, START);
        }
        assertThat(Progress.of(application.observation(START))).isInstanceOf(Progress.Waiting.class);
        // progressDeadlineSeconds is 5 there.
        var later = START.plusSeconds(5);
        assertThat(application.next(START))
                .hasValueSatisfying(time -> assertThat(time).isBeforeOrEqualTo(later));
        assertThat(Progress.of(application.observation(later))).isInstanceOf(Progress.Failed.class);
    }

    @Test
    void aFullQuotaIsNamedWhilePodsAreMissing() {
        var states = Recording.deployments("12-quota");
        var application = new ShownApplication(HELLO, "eu-1");
        var troubles = new ArrayList<Trouble>();
        for (var state : states) {
            show(application, state, START);
            troubles.addAll(application.observation(START).troubles());
        }
        assertThat(troubles).isNotEmpty().allSatisfy(trouble -> {
            assertThat(trouble.kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
            assertThat(trouble.detail()).contains("exceeded quota: limit");
        });
        assertThat(application.observation(START).troubles()).isEmpty();
    }

    private static List<String> progress(String recording) {
        var application = new ShownApplication(HELLO, "eu-1");
        var told = new ArrayList<String>();
        var now = START;
        for (var state : Recording.deployments(recording)) {
            now = now.plus(Duration.ofMillis(100));
            show(application, state, now);
            told.add(
                    switch (Progress.of(application.observation(now))) {
                        case Progress.Done ignored -> "done";
                        case Progress.Waiting waiting ->
                            waiting.message()
                                    .replace("Waiting for deployment \"hello\" rollout to finish: ", "")
                                    .replace(" new replicas have been updated...", " updated")
                                    .replace(" old replicas are pending termination...", " old pending")
                                    .replace(" updated replicas are available...", " available");
                        case Progress.Failed failed ->
                            "failed: " + failed.trouble().detail();
                    });
        }
        return told;
    }

    private static void show(ShownApplication application, Json.Obj state, Instant at) {
        application.show(
                ObjectId.of(WatchedKind.DEPLOYMENT, state),
                WatchedKind.DEPLOYMENT.shown(state).orElseThrow(),
                at);
    }
}
