package dev.shiplog.localcluster.deployment;

import static dev.shiplog.localcluster.deployment.Condition.AVAILABLE;
import static dev.shiplog.localcluster.deployment.Condition.PROGRESSING;
import static dev.shiplog.localcluster.deployment.Condition.REPLICA_FAILURE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * From ReplicaSets to the status of their Deployment: the counters, whether enough is available, and whether it moves.
 * Progress is a counter that got better since the last status; without any for progressDeadlineSeconds the rollout has
 * timed out, until something gets better again. A rollout that has once finished never times out.
 */
public final class Progress {
    static final String NEW_AVAILABLE = "NewReplicaSetAvailable";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    static final String PAUSED = "DeploymentPaused";

    private Progress() {}

    /** The counters and the condition Available; the other conditions as they were. */
    public static DeploymentStatus count(
            Deployment deployment, @Nullable ReplicaSet fresh, List<ReplicaSet> old, Instant now) {
        List<ReplicaSet> all = new ArrayList<>(old);
        if (fresh != null) {
            all.add(fresh);
        }
        int available = ReplicaSet.sum(all, ReplicaSet::available);
        boolean enough = available >= deployment.bounds().fewest();
        return new DeploymentStatus(
                        deployment.generation(),
                        ReplicaSet.sum(all, ReplicaSet::replicas),
                        fresh == null ? 0 : fresh.replicas(),
                        ReplicaSet.sum(all, ReplicaSet::ready),
                        available,
                        Math.max(0, ReplicaSet.sum(all, ReplicaSet::wanted) - available),
                        ReplicaSet.terminating(all),
                        deployment.status().collisions(),
                        deployment.status().conditions())
                .with(Condition.of(
                        AVAILABLE,
                        enough ? "True" : "False",
                        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                        enough
                                ? "Deployment has minimum availability."
                                : "Deployment does not have minimum availability.",
                        now));
    }

    /** As {@link #count}, with what it says about the rollout. */
    public static DeploymentStatus judge(
            Deployment deployment, @Nullable ReplicaSet fresh, List<ReplicaSet> old, Instant now) {
        DeploymentStatus status = count(deployment, fresh, old, now);
        if (deployment.progressDeadline().isEmpty()) {
            status = status.with(Condition.without(status.conditions(), PROGRESSING));
        } else if (!isFinished(deployment, status)) {
            status = progressed(deployment, fresh, status, now);
        }
        Optional<Condition> failure = failure(fresh, old, now);
        return failure.isPresent()
                ? status.with(failure.get())
                : status.with(Condition.without(status.conditions(), REPLICA_FAILURE));
    }

    private static boolean isFinished(Deployment deployment, DeploymentStatus status) {
        return status.replicas() == status.updated()
                && Condition.find(deployment.status().conditions(), PROGRESSING)
                        .filter(condition -> condition.reason().equals(NEW_AVAILABLE))
                        .isPresent();
    }

    private static DeploymentStatus progressed(
            Deployment deployment, @Nullable ReplicaSet fresh, DeploymentStatus status, Instant now) {
        String subject =
                fresh == null ? "Deployment \"" + deployment.name() + "\"" : "ReplicaSet \"" + fresh.name() + "\"";
        Optional<Condition> current = Condition.find(deployment.status().conditions(), PROGRESSING);
        if (isComplete(deployment, status)) {
            return status.with(
                    Condition.of(PROGRESSING, "True", NEW_AVAILABLE, subject + " has successfully progressed.", now));
        }
        if (isBetter(deployment.status(), status)) {
            Condition progressing =
                    Condition.of(PROGRESSING, "True", "ReplicaSetUpdated", subject + " is progressing.", now);
            return status.with(Condition.replace(
                    status.conditions(),
                    current.filter(was -> was.status().equals("True"))
                            .map(was -> progressing.transitioned(was.transitioned()))
                            .orElse(progressing)));
        }
        if (hasTimedOut(deployment, current, now)) {
            return status.with(
                    Condition.of(PROGRESSING, "False", TIMED_OUT, subject + " has timed out progressing.", now));
        }
        return status;
    }

    /** Everything is new, all of it is there and available, and nothing else is. */
    public static boolean isComplete(Deployment deployment, DeploymentStatus status) {
        int wanted = deployment.wanted();
        return status.updated() == wanted
                && status.replicas() == wanted
                && status.available() == wanted
                && status.observedGeneration() >= deployment.generation();
    }

    static boolean isBetter(DeploymentStatus was, DeploymentStatus is) {
        return is.updated() > was.updated()
                || is.replicas() - is.updated() < was.replicas() - was.updated()
                || is.ready() > was.ready()
                || is.available() > was.available();
    }

    static boolean hasTimedOut(Deployment deployment, Optional<Condition> progressing, Instant now) {
        if (progressing.isEmpty() || progressing.get().reason().equals(NEW_AVAILABLE)) {
            return false;
        }
        Instant deadline =
                progressing.get().updated().plus(deployment.progressDeadline().orElseThrow());
        return progressing.get().reason().equals(TIMED_OUT) || deadline.isBefore(now);
    }

    /** When to look again although nothing has changed: a second after the deadline, for times have whole seconds. */
    public static Optional<Duration> lookAgainIn(Deployment deployment, DeploymentStatus status, Instant now) {
        Optional<Condition> progressing = Condition.find(deployment.status().conditions(), PROGRESSING);
        if (deployment.progressDeadline().isEmpty()
                || progressing.isEmpty()
                || progressing.get().reason().equals(TIMED_OUT)
                || progressing.get().reason().equals(PAUSED)
                || isComplete(deployment, status)) {
            return Optional.empty();
        }
        Instant deadline =
                progressing.get().updated().plus(deployment.progressDeadline().get());
        Duration left = Duration.between(now, deadline);
        return Optional.of(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofMillis(500) : left.plusSeconds(1));
    }

    /** What keeps a ReplicaSet from creating pods, of the new one before the old ones. */
    private static Optional<Condition> failure(@Nullable ReplicaSet fresh, List<ReplicaSet> old, Instant now) {
        List<ReplicaSet> newFirst = new ArrayList<>(old);
        if (fresh != null) {
            newFirst.add(0, fresh);
        }
        return newFirst.stream()
                .flatMap(set -> set.object().path("status").path("conditions").valueStream())
                .filter(condition -> condition.path("type").asString("").equals(REPLICA_FAILURE))
                .findFirst()
                .map(condition -> failure(condition, now));
    }

    private static Condition failure(JsonNode condition, Instant now) {
        String transitioned = condition.path("lastTransitionTime").asString("");
        Instant since = transitioned.isEmpty() ? now : Instant.parse(transitioned);
        return new Condition(
                REPLICA_FAILURE,
                condition.path("status").asString(""),
                condition.path("reason").asString(""),
                condition.path("message").asString(""),
                since,
                since);
    }

    /** The note that a rollout has been stopped or goes on; empty if it stands there already, or nobody keeps time. */
    public static Optional<Condition> pauseOrResume(Deployment deployment, Instant now) {
        Optional<Condition> progressing = Condition.find(deployment.status().conditions(), PROGRESSING);
        String reason = progressing.map(Condition::reason).orElse("");
        if (deployment.progressDeadline().isEmpty() || reason.equals(TIMED_OUT)) {
            return Optional.empty();
        }
        if (deployment.paused() == reason.equals(PAUSED)) {
            return Optional.empty();
        }
        return Optional.of(
                deployment.paused()
                        ? Condition.of(PROGRESSING, "Unknown", PAUSED, "Deployment is paused", now)
                        : Condition.of(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed", now));
    }
}
