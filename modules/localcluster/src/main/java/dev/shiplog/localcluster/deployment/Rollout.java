package dev.shiplog.localcluster.deployment;

import static dev.shiplog.localcluster.deployment.Condition.PROGRESSING;
import static dev.shiplog.localcluster.deployment.DeploymentController.MANAGER;
import static dev.shiplog.localcluster.deployment.Revisions.REVISION;

import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One look at a Deployment. It judges by what stood in the store when the look began, takes at most one step, and writes
 * the Deployment's status at most once; each write brings the next look. So the status that people see lags as that of
 * Kubernetes does: first the revision and the reason, with the counters and the observedGeneration of before, and only
 * then what has come of it.
 */
final class Rollout {
    private final Store store;
    private final Recorder recorder;
    private final Instant now;
    private final ObjectKey key;
    private final List<ReplicaSet> sets;
    private Deployment deployment;
    private boolean statusWritten;

    Rollout(Store store, Recorder recorder, Instant now, Deployment deployment, List<ReplicaSet> sets) {
        this.store = store;
        this.recorder = recorder;
        this.now = now;
        this.deployment = deployment;
        this.key = ObjectKey.of(Kinds.DEPLOYMENT, deployment.object());
        this.sets = sets;
    }

    /** After which time to look again although nothing has changed. */
    Optional<Duration> look() {
        ReplicaSet fresh = current();
        List<ReplicaSet> old = sets.stream()
                .filter(set -> fresh == null || !set.name().equals(fresh.name()))
                .toList();
        if (deployment.isDeleting()) {
            return report(Progress.count(deployment, fresh, old, now));
        }
        Progress.pauseOrResume(deployment, now).ifPresent(this::note);
        if (fresh == null) {
            return step(null, old);
        }
        Optional<ReplicaSet> annotated = remember(fresh, old);
        if (annotated.isPresent() && !deployment.paused()) {
            return Optional.empty();
        }
        return step(annotated.orElse(fresh), old);
    }

    private Optional<Duration> step(@Nullable ReplicaSet fresh, List<ReplicaSet> old) {
        if (deployment.paused() || Scaling.isDue(deployment.wanted(), with(old, fresh))) {
            return scale(fresh, old);
        }
        return deployment.rolling() ? roll(fresh, old) : recreate(fresh, old);
    }

    private Optional<Duration> scale(@Nullable ReplicaSet fresh, List<ReplicaSet> old) {
        Scaling.next(
                        deployment.bounds(),
                        deployment.rolling(),
                        fresh,
                        old,
                        deployment.status().replicas())
                .forEach(this::resize);
        if (deployment.paused()) {
            cleanUp(old);
        }
        return report(Progress.count(deployment, fresh, old, now));
    }

    private Optional<Duration> roll(@Nullable ReplicaSet existing, List<ReplicaSet> old) {
        ReplicaSet fresh = existing == null ? create(old) : existing;
        if (fresh == null) {
            return Optional.empty();
        }
        List<Resize> resizes = Rolling.next(deployment.bounds(), fresh, old);
        resizes.forEach(this::resize);
        if (resizes.isEmpty() && Progress.isComplete(deployment, deployment.status())) {
            cleanUp(old);
        }
        return report(Progress.judge(deployment, fresh, old, now));
    }

    private Optional<Duration> recreate(@Nullable ReplicaSet existing, List<ReplicaSet> old) {
        List<Resize> stops = Recreate.stop(old);
        stops.forEach(this::resize);
        if (!stops.isEmpty() || old.stream().anyMatch(this::hasPods)) {
            return report(Progress.judge(deployment, existing, old, now));
        }
        ReplicaSet fresh = existing == null ? create(old) : existing;
        if (fresh == null) {
            return Optional.empty();
        }
        Resize start = Recreate.start(deployment.bounds(), fresh);
        resize(start);
        if (!start.isChange() && Progress.isComplete(deployment, deployment.status())) {
            cleanUp(old);
        }
        return report(Progress.judge(deployment, fresh, old, now));
    }

    private boolean hasPods(ReplicaSet set) {
        return set.replicas() > 0
                || Owner.controlled(store, set.object(), Kinds.POD).stream()
                        .map(pod -> Json.text(pod, "status", "phase"))
                        .anyMatch(phase -> !phase.equals("Failed") && !phase.equals("Succeeded"));
    }

    // --- ReplicaSets

    private @Nullable ReplicaSet current() {
        return sets.stream()
                .filter(set -> Template.same(
                        Json.at(set.object(), "spec", "template"), Json.at(deployment.object(), "spec", "template")))
                .min(Rolling.OLDEST_FIRST)
                .orElse(null);
    }

    /** Brings the annotations of the current ReplicaSet up to date and returns it or, if they are, the Deployment's revision. */
    private Optional<ReplicaSet> remember(ReplicaSet fresh, List<ReplicaSet> old) {
        Map<String, String> was = Revisions.strings(Json.at(fresh.object(), "metadata", "annotations"));
        Map<String, String> is = Revisions.annotations(annotations(), was, Revisions.next(old));
        long minReadySeconds = Json.number(fresh.object(), 0, "spec", "minReadySeconds");
        if (!is.equals(was) || minReadySeconds != deployment.minReadySeconds()) {
            return Optional.of(update(fresh, set -> {
                ObjectNode annotated = Json.with(set, Revisions.json(is), "metadata", "annotations");
                return deployment.minReadySeconds() == 0
                        ? Json.without(annotated, "spec", "minReadySeconds")
                        : Json.with(annotated, Json.number(deployment.minReadySeconds()), "spec", "minReadySeconds");
            }));
        }
        boolean unknown = deployment.progressDeadline().isPresent()
                && Condition.find(deployment.status().conditions(), PROGRESSING).isEmpty();
        String revision = was.getOrDefault(REVISION, "");
        if (unknown || !revision.equals(annotations().get(REVISION))) {
            String found = "Found new replica set \"" + fresh.name() + "\"";
            DeploymentStatus status = deployment.status();
            writeStatus(
                    unknown ? status.with(Condition.of(PROGRESSING, "True", "FoundNewReplicaSet", found, now)) : status,
                    revision);
        }
        return Optional.empty();
    }

    /** Null if it could not be: the Deployment says why, or has another hash to try. */
    private @Nullable ReplicaSet create(List<ReplicaSet> old) {
        int revision = Revisions.next(old);
        int total = ReplicaSet.sum(old, ReplicaSet::wanted);
        int size = deployment.rolling()
                ? Rolling.newSize(deployment.bounds(), 0, total)
                : deployment.bounds().wanted();
        ObjectNode object = NewReplicaSet.of(deployment, size, revision);
        ReplicaSet fresh;
        try {
            fresh = ReplicaSet.of(store.create(Kinds.REPLICA_SET, object, MANAGER));
        } catch (StatusException refused) {
            failed(object, refused);
            return null;
        }
        if (size > 0) {
            event("Scaled up replica set " + fresh.name() + " from 0 to " + size);
        }
        DeploymentStatus status = deployment.status();
        String created = "Created new replica set \"" + fresh.name() + "\"";
        writeStatus(
                deployment.progressDeadline().isEmpty()
                        ? status
                        : status.with(Condition.of(PROGRESSING, "True", "NewReplicaSetCreated", created, now)),
                Integer.toString(revision));
        return fresh;
    }

    private void failed(ObjectNode object, StatusException refused) {
        String name = Json.text(object, "metadata", "name");
        if (refused.reason().equals("AlreadyExists")) {
            writeStatus(deployment.status().collided(), annotations().getOrDefault(REVISION, ""));
            return;
        }
        String message = "Failed to create new replica set \"" + name + "\": " + refused.getMessage();
        if (deployment.progressDeadline().isPresent()) {
            note(Condition.of(PROGRESSING, "False", "ReplicaSetCreateError", message, now));
        }
        recorder.warning(
                "deployment-controller", Kinds.DEPLOYMENT, deployment.object(), "ReplicaSetCreateError", message);
        throw refused;
    }

    private void resize(Resize resize) {
        ReplicaSet set = resize.set();
        Map<String, String> was = Revisions.strings(Json.at(set.object(), "metadata", "annotations"));
        Map<String, String> is = Revisions.sized(was, deployment.bounds());
        if (!resize.isChange() && is.equals(was)) {
            return;
        }
        update(set, object -> {
            ObjectNode sized = Json.with(object, Json.number(resize.to()), "spec", "replicas");
            return Json.with(sized, Revisions.json(is), "metadata", "annotations");
        });
        if (resize.isChange()) {
            event("Scaled " + (resize.to() > resize.from() ? "up" : "down") + " replica set " + set.name() + " from "
                    + resize.from() + " to " + resize.to());
        }
    }

    private ReplicaSet update(ReplicaSet set, UnaryOperator<ObjectNode> change) {
        ObjectNode updated = store.update(Kinds.REPLICA_SET.key(key.namespace(), set.name()), MANAGER, change);
        return updated == null ? set : ReplicaSet.of(updated);
    }

    private void cleanUp(List<ReplicaSet> old) {
        for (ReplicaSet set : Revisions.beyond(deployment.historyLimit(), old)) {
            store.delete(Kinds.REPLICA_SET.key(key.namespace(), set.name()), Deletion.BACKGROUND);
        }
    }

    // --- status

    private Optional<Duration> report(DeploymentStatus status) {
        if (statusWritten) {
            return Optional.empty();
        }
        if (status.equals(deployment.status())) {
            return Progress.lookAgainIn(deployment, status, now);
        }
        writeStatus(status, annotations().getOrDefault(REVISION, ""));
        return Progress.lookAgainIn(deployment, status, now);
    }

    private void note(Condition condition) {
        writeStatus(deployment.status().with(condition), annotations().getOrDefault(REVISION, ""));
    }

    /** What was said first in a look stands; the change that it makes brings the next look, which says the rest. */
    private void writeStatus(DeploymentStatus status, String revision) {
        if (statusWritten) {
            return;
        }
        statusWritten = true;
        ObjectNode written = store.updateStatus(key, MANAGER, object -> {
            ObjectNode said = Json.with(object, status.json(), "status");
            return revision.isEmpty()
                    ? said
                    : Json.with(said, Json.text(revision), "metadata", "annotations", REVISION);
        });
        if (written != null) {
            deployment = Deployment.of(written);
        }
    }

    private Map<String, String> annotations() {
        return Revisions.strings(Json.at(deployment.object(), "metadata", "annotations"));
    }

    private void event(String message) {
        recorder.normal("deployment-controller", Kinds.DEPLOYMENT, deployment.object(), "ScalingReplicaSet", message);
    }

    private static List<ReplicaSet> with(List<ReplicaSet> old, @Nullable ReplicaSet fresh) {
        List<ReplicaSet> all = new ArrayList<>(old);
        if (fresh != null) {
            all.add(fresh);
        }
        return all;
    }
}
