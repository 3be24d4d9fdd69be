package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ApplicationTask;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.simulation.Violation.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is true: what the journal holds, folded here a second time, with the rules as they are, whatever mistake is planted.
 * And what is promised of it: each event holds the hash of the one before, a command takes effect once, nothing goes back.
 */
final class History {

    private static final class Truth {
        final ApplicationDecider decider;
        Application state = Application.NONE;
        Hash lastHash = Hash.NONE;
        final Map<CommandId, Integer> batches = new HashMap<>();
        final Set<Integer> ended = new HashSet<>();
        int batch;

        Truth(ApplicationName name) {
            this.decider = new ApplicationDecider(name);
        }
    }

    private final World world;
    private final OwnWords ownWords;
    private final RolloutDecider rolloutDecider = new RolloutDecider();
    private final Map<ApplicationName, Truth> truths = new TreeMap<>();
    private final Map<String, Rollout> rollouts = new TreeMap<>();
    private final Map<String, List<KubernetesObject>> objects = new HashMap<>();
    private final Map<String, Hash> lastHashes = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Long> askedAtMillis = new HashMap<>();

    History(World world) {
        this.world = world;
        this.ownWords = new OwnWords(world);
    }

    // ---- the journal grows

    void appended(ApplicationName name, List<StoredEvent> events) {
        var truth = truths.computeIfAbsent(name, Truth::new);
        var before = truth.state;
        truth.batch++;
        for (var event : events) {
            if (!world.applicationEvents().previous(event).equals(truth.lastHash)) {
                throw new Violation(Promise.REPLAY, name + ": an event doesn't hold the hash of the one before");
            }
            truth.lastHash = event.hash();
            var recorded = world.applicationEvents().decode(event);
            world.tell(() -> name + ": " + Words.of(recorded.event()));
            oneEffect(truth, recorded);
            endsOnce(name, truth, recorded.event());
            var state = truth.decider.evolve(truth.state, recorded);
            ownWords.moved(name, recorded.commandId(), truth.state, state);
            truth.state = state;
        }
        grows(name, before, truth.state);
        truth.state.targets().forEach((cluster, target) -> {
            if (asked.add(name + " " + cluster + " " + target.generation())) {
                askedAtMillis.put(name + " " + cluster, world.agenda().nowMillis());
            }
        });
    }

    /** What the rollout is after one more event. */
    Rollout appended(StreamName stream, StoredEvent event, Recorded<RolloutEvent> recorded) {
        var last = lastHashes.put(stream.value(), event.hash());
        if (!world.rolloutEvents().previous(event).equals(last == null ? Hash.NONE : last)) {
            throw new Violation(Promise.REPLAY, stream + ": an event doesn't hold the hash of the one before");
        }
        var rollout = rolloutDecider.evolve(rollouts.getOrDefault(stream.value(), Rollout.NONE), recorded);
        rollouts.put(stream.value(), rollout);
        objects.remove(stream.value());
        return rollout;
    }

    private static void oneEffect(Truth truth, Recorded<ApplicationEvent> recorded) {
        if (recorded.principal().proof() == Principal.Proof.SHIPLOG) {
            return;
        }
        var first = truth.batches.putIfAbsent(recorded.commandId(), truth.batch);
        if (first != null && first != truth.batch) {
            throw new Violation(Promise.ONE_EFFECT, recorded.commandId() + " took effect twice");
        }
    }

    private static void endsOnce(ApplicationName name, Truth truth, ApplicationEvent event) {
        if (event instanceof ReleaseEnded ended && !truth.ended.add(ended.revision())) {
            throw new Violation(Promise.FINAL_STAYS, name + " revision " + ended.revision() + " has ended twice");
        }
    }

    private static void grows(ApplicationName name, Application before, Application after) {
        if (after.revision() < before.revision() || after.generation() < before.generation()) {
            throw new Violation(Promise.FINAL_STAYS, name + ": a revision or a generation went back");
        }
        before.targets().forEach((cluster, target) -> {
            var now = after.targets().get(cluster);
            if (now != null && now.generation() < target.generation()) {
                throw new Violation(Promise.FINAL_STAYS, name + " on " + cluster + ": a generation went back");
            }
        });
        before.progress().forEach((revision, progress) -> {
            if (progress.result().isFinal() && after.result(revision) != progress.result()) {
                throw new Violation(
                        Promise.FINAL_STAYS,
                        name + " revision " + revision + " was " + progress.result() + " and is "
                                + after.result(revision));
            }
        });
    }

    // ---- what it says

    Set<ApplicationName> applications() {
        return truths.keySet();
    }

    Application application(ApplicationName name) {
        var truth = truths.get(name);
        return truth == null ? Application.NONE : truth.state;
    }

    Rollout rollout(SimulatedCluster cluster, ApplicationName name) {
        return rollouts.getOrDefault(StreamName.rollout(cluster.name(), name).value(), Rollout.NONE);
    }

    /** What the release and its strategy have there at present; asked for at every moment of a world, so kept. */
    List<KubernetesObject> objects(SimulatedCluster cluster, ApplicationName name) {
        return objects.computeIfAbsent(
                StreamName.rollout(cluster.name(), name).value(),
                stream -> rollout(cluster, name).objects());
    }

    /** Whether the outcome of the command is in it. */
    boolean holds(ApplicationName name, CommandId id) {
        var truth = truths.get(name);
        return truth != null && truth.batches.containsKey(id);
    }

    /** Whether it ever asked for this generation on just this cluster. */
    boolean hasAsked(SimulatedCluster cluster, String name, int generation) {
        return asked.contains(name + " " + cluster + " " + generation);
    }

    /** When it last asked something of the cluster. */
    long askedAtMillis(SimulatedCluster cluster, ApplicationName name) {
        return askedAtMillis.getOrDefault(name + " " + cluster, 0L);
    }

    /** Whether something of the application waits to be promoted. */
    boolean waits(ApplicationName name) {
        return application(name).targets().values().stream()
                .anyMatch(target -> target.standing() instanceof Target.Standing.Held);
    }

    List<ApplicationTask> outstanding(ApplicationName name) {
        var truth = truths.computeIfAbsent(name, Truth::new);
        return truth.decider.outstanding(truth.state);
    }

    /** What is owed, and what the clusters show of it: for the story of a world that doesn't come to rest. */
    String owed() {
        var owed = new StringBuilder();
        truths.forEach((name, truth) -> truth.decider.outstanding(truth.state).forEach(task -> {
            var cluster = world.cluster(((ApplicationTask.Carry) task).cluster());
            var rollout = rollout(cluster, name);
            owed.append("%n%s on %s: %s at %s; %s"
                    .formatted(name, cluster, rollout.stage(), rollout.position(), cluster.observe(name)));
        }));
        return owed.toString();
    }

    /** Whether the present layout has a place for it. */
    boolean wants(SimulatedCluster cluster, ApplicationName name, ObjectKey key) {
        var rollout = rollout(cluster, name);
        return rollout.assignment().filter(assignment -> !assignment.removing()).isPresent()
                && !rollout.leftovers().contains(key)
                && rollout.written().contains(key);
    }

    /** Whether a writer doesn't know the latest events, or nobody asks for the object any more. */
    boolean isLate(SimulatedCluster cluster, ApplicationName name, ObjectKey key, Mark writerKnows) {
        return writerKnows.compareTo(rollout(cluster, name).mark()) < 0 || hasEnded(cluster, name, key);
    }

    private boolean hasEnded(SimulatedCluster cluster, ApplicationName name, ObjectKey key) {
        var stage = rollout(cluster, name).stage();
        return (stage instanceof Rollout.Stage.Completed || stage instanceof Rollout.Stage.Aborted)
                && !wants(cluster, name, key);
    }

    // ---- its owners know the same

    void replayed(ApplicationName name) {
        var state = application(name);
        if (!world.application(name).folded().state().equals(state)) {
            throw new Violation(Promise.REPLAY, name + ": its owner's state is not what the journal gives");
        }
        if (!world.replay(world.applicationLoop(name)).state().equals(state)) {
            throw new Violation(Promise.REPLAY, name + ": a replay gives another state");
        }
        world.clusters().forEach(cluster -> replayed(cluster, name));
    }

    /** Its owner may not know yet that the last of it was taken down: nobody has asked it anything since. */
    private void replayed(SimulatedCluster cluster, ApplicationName name) {
        var state = rollout(cluster, name);
        if (!world.replay(world.rolloutLoop(cluster.name(), name)).state().equals(state)) {
            throw new Violation(Promise.REPLAY, name + " on " + cluster + ": a replay gives another state");
        }
    }
}
