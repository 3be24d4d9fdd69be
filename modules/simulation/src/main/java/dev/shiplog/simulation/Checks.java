package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.simulation.Violation.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The promises, checked whenever something happens that could break them: at each append, write, delete, answer and commit,
 * and once more when everything has come to rest. What is true is said by the {@link History}.
 */
final class Checks implements Witness {

    private final World world;
    private final History history;
    private final BroughtBack broughtBack;
    private final RouteChecks routes = new RouteChecks();
    private final ServingChecks serving;
    private final ClusterChecks clusters;
    private final Map<CommandId, Outcome> told = new HashMap<>();

    Checks(World world) {
        this.world = world;
        this.history = new History(world);
        this.broughtBack = new BroughtBack(history);
        this.serving = new ServingChecks(world, history, broughtBack, routes);
        this.clusters = new ClusterChecks(world, history, broughtBack, routes);
    }

    History history() {
        return history;
    }

    // ---- the journal

    void appended(StreamName stream, List<StoredEvent> events) {
        for (var name : world.applications()) {
            if (StreamName.application(name).equals(stream)) {
                history.appended(name, events);
                return;
            }
        }
        for (var event : events) {
            appended(stream, event, world.rolloutEvents().decode(event));
        }
    }

    private void appended(StreamName stream, StoredEvent event, Recorded<RolloutEvent> recorded) {
        world.tell(() -> stream + ": " + Words.of(recorded.event()));
        var rollout = history.appended(stream, event, recorded);
        if (recorded.event() instanceof RolloutEvent.Assigned assigned) {
            serving.assigned(rollout, assigned.assignment());
        }
        // Who advances or waits has seen what there is. A weight that stays as it was says that nobody knows of a loss.
        boolean isLooking = recorded.event() instanceof RolloutEvent.Advanced
                || recorded.event() instanceof RolloutEvent.Held
                || (recorded.event() instanceof RolloutEvent.Assigned
                        && rollout.layout().traffic().weight().isEmpty());
        if (isLooking) {
            rollout.assignment()
                    .ifPresent(
                            assignment -> routes.noted(world.cluster(assignment.cluster()), assignment.application()));
        }
        if (recorded.event() instanceof RolloutEvent.Applied) {
            rollout.assignment().ifPresent(serving::applied);
        }
        if (recorded.event() instanceof RolloutEvent.Completed completed) {
            rollout.assignment().ifPresent(assignment -> {
                serving.completed(assignment);
                clusters.done(rollout, assignment, completed.generation());
            });
        }
    }

    // ---- outcomes and offsets

    void told(CommandId id, Outcome outcome) {
        var before = told.putIfAbsent(id, outcome);
        if (before != null && !before.equals(outcome)) {
            throw new Violation(Promise.OUTCOME, id + " was told " + before + " and then " + outcome);
        }
    }

    void committed(ApplicationName name, CommandId id) {
        if (!history.holds(name, id)) {
            throw new Violation(Promise.OFFSETS, "the offset of " + id + " is committed, its outcome is not durable");
        }
    }

    // ---- the clusters

    @Override
    public void written(
            SimulatedCluster cluster, Optional<SimulatedObject> present, KubernetesObject object, Mark writerKnows) {
        var incoming = new SimulatedObject(object, null);
        int generation = incoming.generation();
        boolean isLate =
                history.isLate(cluster, ApplicationName.parse(incoming.application()), object.key(), writerKnows);
        world.tell(
                () -> cluster + ": " + object.key() + " written, generation " + generation + (isLate ? ", late" : ""));
        if (present.isEmpty() || !isLate) {
            broughtBack.written(cluster, object.key(), isLate, present);
        }
        if (object.kind().equals(Backends.KIND) && (present.isEmpty() || !isLate)) {
            routes.ownWritten(cluster, ApplicationName.parse(incoming.application()), isLate);
        }
        if (present.filter(there -> there.mark().compareTo(incoming.mark()) > 0).isPresent()) {
            throw new Violation(
                    Promise.FENCE,
                    object.key() + " on " + cluster + " went from "
                            + present.get().mark() + " back to " + incoming.mark());
        }
        wasAsked(cluster, incoming.application(), object.key(), generation);
    }

    @Override
    public void routed(
            SimulatedCluster cluster,
            ApplicationName name,
            SharedRoute.Read present,
            SharedRoute.Note note,
            Mark writerKnows) {
        boolean isLate = history.isLate(cluster, name, SharedRoute.KEY, writerKnows);
        world.tell(() -> cluster + ": " + SharedRoute.KEY + " written for " + name + ", " + note + ": "
                + cluster.route()
                        .flatMap(SharedRoute::json)
                        .map(json -> json.object("spec").list("rules"))
                        .orElse(List.of())
                + (isLate ? ", late" : ""));
        routes.written(cluster, name, present, note.mark(), isLate);
        wasAsked(cluster, name.toString(), SharedRoute.KEY, note.mark().generation());
    }

    private void wasAsked(SimulatedCluster cluster, String name, ObjectKey key, int generation) {
        if (!history.hasAsked(cluster, name, generation)) {
            throw new Violation(
                    Promise.NAMED_ONLY,
                    key + " was written to " + cluster + " with generation " + generation
                            + ", which the history never asked of it");
        }
    }

    @Override
    public void deleted(SimulatedCluster cluster, ObjectKey key, SimulatedObject present) {
        world.tell(() -> cluster + ": " + key + " deleted, it was of generation " + present.generation());
        serving.deleted(cluster, key, present);
    }

    @Override
    public void synced(
            SimulatedCluster cluster, SimulatedObject object, int readyBefore, SimulatedDeployment deployment) {
        serving.synced(cluster, object, readyBefore, deployment);
        if (deployment.isComplete()) {
            broughtBack.replaced(cluster, object.written.key());
        }
    }

    @Override
    public void serves(SimulatedCluster cluster, ApplicationName name) {
        serving.serves(cluster, name);
    }

    @Override
    public void wiped(SimulatedCluster cluster) {
        world.applications().forEach(name -> routes.wiped(cluster, name));
        serving.wiped(cluster);
    }

    @Override
    public void noticed(Observation seen) {
        world.noticed(seen);
    }

    // ---- at rest

    void settled() {
        world.broker()
                .forEach((name, records) -> records.forEach(record -> {
                    if (!told.containsKey(record.id())) {
                        throw new Violation(Promise.SETTLES, record.id() + " never got an outcome");
                    }
                }));
        for (var name : history.applications()) {
            history.replayed(name);
            var owed = history.outstanding(name);
            if (!owed.isEmpty()) {
                throw new Violation(Promise.SETTLES, name + " is still owed " + owed);
            }
            history.application(name).progress().forEach((revision, progress) -> {
                if (!progress.result().isFinal()) {
                    throw new Violation(Promise.SETTLES, name + " revision " + revision + " never ended");
                }
            });
            world.clusters().forEach(cluster -> clusters.settled(name, cluster));
        }
    }
}
