package dev.shiplog.localcluster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ProgressTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");

    @Test
    void untilEnoughIsAvailableTheDeploymentIsNot() {
        DeploymentStatus status = Progress.judge(deployment(""), Sets.set("new", "3/2"), List.of(), NOW);
        assertThat(said(status))
                .isEqualTo("Available=False MinimumReplicasUnavailable, Progressing=True ReplicaSetUpdated");
        assertThat(status.unavailable()).isEqualTo(1);
    }

    @Test
    void whenAllIsNewThereAndAvailableItIsComplete() {
        DeploymentStatus status = Progress.judge(deployment(""), Sets.set("new", "3"), List.of(), NOW);
        assertThat(said(status))
                .isEqualTo("Available=True MinimumReplicasAvailable, Progressing=True NewReplicaSetAvailable");
    }

    @Test
    void withoutProgressItTimesOutOnlyAfterTheDeadline() {
        Deployment stuck = deployment(progressing("True", "ReplicaSetUpdated", NOW));
        ReplicaSet fresh = Sets.set("new", "3/0");
        Deployment seen = seen(stuck, Progress.judge(stuck, fresh, List.of(), NOW));
        assertThat(said(Progress.judge(seen, fresh, List.of(), NOW.plusSeconds(5))))
                .contains("ReplicaSetUpdated");
        assertThat(said(Progress.judge(seen, fresh, List.of(), NOW.plusMillis(5001))))
                .contains("Progressing=False ProgressDeadlineExceeded");
    }

    @Test
    void whatHasTimedOutMovesOnWhenAnythingGetsBetter() {
        Deployment late = deployment(progressing("False", "ProgressDeadlineExceeded", NOW));
        assertThat(said(Progress.judge(late, Sets.set("new", "3/1"), List.of(), NOW)))
                .contains("Progressing=True ReplicaSetUpdated");
    }

    @Test
    void aFinishedRolloutNeverTimesOut() {
        Deployment done = deployment(progressing("True", "NewReplicaSetAvailable", NOW));
        assertThat(said(Progress.judge(done, Sets.set("new", "3/0"), List.of(), NOW.plusSeconds(60))))
                .contains("Progressing=True NewReplicaSetAvailable")
                .contains("Available=False");
    }

    @Test
    void itIsLookedAtAgainASecondAfterTheDeadline() {
        Deployment waiting = deployment(progressing("True", "ReplicaSetUpdated", NOW));
        DeploymentStatus status = Progress.judge(waiting, Sets.set("new", "3/0"), List.of(), NOW);
        assertThat(Progress.lookAgainIn(waiting, status, NOW)).contains(Duration.ofSeconds(6));
        Deployment late = deployment(progressing("False", "ProgressDeadlineExceeded", NOW));
        assertThat(Progress.lookAgainIn(late, status, NOW)).isEmpty();
    }

    @Test
    void pausingAndResumingAreSaidOnce() {
        Deployment running = deployment(progressing("True", "ReplicaSetUpdated", NOW));
        assertThat(Progress.pauseOrResume(running, NOW)).isEmpty();
        Deployment paused = paused(progressing("True", "ReplicaSetUpdated", NOW));
        assertThat(Progress.pauseOrResume(paused, NOW).map(Condition::reason)).contains("DeploymentPaused");
        Deployment still = paused(progressing("Unknown", "DeploymentPaused", NOW));
        assertThat(Progress.pauseOrResume(still, NOW)).isEmpty();
        Deployment resumed = deployment(progressing("Unknown", "DeploymentPaused", NOW));
        assertThat(Progress.pauseOrResume(resumed, NOW).map(Condition::reason)).contains("DeploymentResumed");
    }

    @Test
    void whatKeepsPodsFromBeingCreatedIsPassedOn() {
        ObjectNode failing = Json.with(
                Json.object(),
                Json.parse(
                        "[{\"type\":\"ReplicaFailure\",\"status\":\"True\",\"reason\":\"FailedCreate\",\"message\":\"quota\"}]"),
                "status",
                "conditions");
        ReplicaSet fresh = new ReplicaSet("new", "new", 1, 1, 3, 2, 2, 2, 0, failing);
        DeploymentStatus status = Progress.judge(deployment(""), fresh, List.of(), NOW);
        Optional<Condition> failure = Condition.find(status.conditions(), "ReplicaFailure");
        assertThat(failure.map(Condition::message)).contains("quota");
    }

    @Test
    void podsOnTheirWayOutAreUnknownUntilEverybodyHasLooked() {
        ReplicaSet silent = new ReplicaSet("old", "old", 1, 1, 1, 1, 1, 1, null, Json.object());
        ReplicaSet unseen = new ReplicaSet("new", "new", 1, 0, 1, 0, 0, 0, null, Json.object());
        assertThat(ReplicaSet.terminating(List.of(unseen))).isZero();
        assertThat(ReplicaSet.terminating(List.of(silent))).isNull();
    }

    private static String said(DeploymentStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.type() + "=" + condition.status() + " " + condition.reason())
                .collect(Collectors.joining(", "));
    }

    private static String progressing(String status, String reason, Instant since) {
        return Condition.of("Progressing", status, reason, "", since).json().toString();
    }

    private static Deployment deployment(String condition) {
        return written(false, condition);
    }

    private static Deployment paused(String condition) {
        return written(true, condition);
    }

    private static Deployment written(boolean paused, String condition) {
        return Deployment.of((ObjectNode) Json.parse("""
                {"metadata":{"name":"hello","generation":1},
                 "spec":{"replicas":3,"progressDeadlineSeconds":5,"paused":%s},
                 "status":{"observedGeneration":1,"conditions":[%s]}}
                """.formatted(paused, condition)));
    }

    private static Deployment seen(Deployment deployment, DeploymentStatus status) {
        return Deployment.of(Json.with(deployment.object(), status.json(), "status"));
    }
}
