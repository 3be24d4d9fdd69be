package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationTask;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.stream.Hash;
import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.engine.stream.StreamName;
import dev.shiplog.simulation.Violation.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The promises, checked whenever something happens that could break them: at each append, write, delete, answer and commit,
 * and once more when everything has come to rest. What is true is what the journal holds; it is folded here a second time,
 * with the rules as they are, whatever mistake is planted.
 */
final class Checks implements SimulatedCluster.Witness {

    private static final class Truth {
        final ApplicationName name;
        final ApplicationDecider decider;
        Application state = Application.NONE;
        Hash lastHash = Hash.NONE;
        final Map<CommandId, Integer> batches = new HashMap<>();
        int batch;

        Truth(ApplicationName name) {
            this.name = name;
            this.decider = new ApplicationDecider(name);
        }
    }

    /** Longer than any message is under way. */
    private static final long RECENTLY_MILLIS = 120_000;

    private final World world;
    private final Map<ApplicationName, Truth> truths = new TreeMap<>();
    private final Map<String, Rollout> rollouts = new TreeMap<>();
    private final RolloutDecider rolloutDecider = new RolloutDecider();
    private final Map<CommandId, Outcome> told = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    /**
     * Objects that were created by a request that was late, so that it didn't know the latest events: a fence is an
     * annotation, and what has been deleted carries none. This is a limit of Shiplog, named in the README.
     */
    private final Set<String> broughtBack = new HashSet<>();

    private final Floors floors = new Floors();

    /** Ready pods by Service, as they were last. */
    private final Map<String, Integer> served = new HashMap<>();

    private final RouteChecks routes = new RouteChecks();

    private final Map<String, Long> askedAtMillis = new HashMap<>();

    Checks(World world) {
        this.world = world;
    }

    // ---- the journal

    void appended(StreamName stream, List<StoredEvent> events) {
        for (var entry : world.applications()) {
            if (StreamName.application(entry).equals(stream)) {
                appended(entry, events);
                return;
            }
        }
        for (var event : events) {
            var recorded = world.rolloutEvents().decode(event);
            world.tell(() -> stream + ": " + Words.of(recorded.event()));
            var rollout = rolloutDecider.evolve(rollouts.getOrDefault(stream.value(), Rollout.NONE), recorded);
            rollouts.put(stream.value(), rollout);
            if (recorded.event() instanceof RolloutEvent.Assigned assigned) {
                floors.assigned(
                        assigned.assignment().cluster() + " "
                                + assigned.assignment().application(),
                        assigned.assignment(),
                        pods(rollout),
                        world.agenda().nowMillis());
            }
            if (recorded.event() instanceof RolloutEvent.Assigned
                    || recorded.event() instanceof RolloutEvent.Advanced) {
                rollout.assignment()
                        .ifPresent(assignment ->
                                routes.noted(world.cluster(assignment.cluster()), assignment.application()));
            }
            if (recorded.event() instanceof RolloutEvent.Completed completed) {
                rollout.assignment().ifPresent(assignment -> {
                    floors.completed(assignment.cluster() + " " + assignment.application());
                    done(rollout, assignment, completed.generation());
                });
            }
        }
    }

    private static int pods(Rollout rollout) {
        return rollout.assignment()
                .flatMap(assignment ->
                        Rendering.mainWorkload(assignment.application().name(), assignment.objects()))
                .flatMap(workload -> workload.json().object("spec").number("replicas"))
                .orElse(0);
    }

    /**
     * What the history calls done is done, unless it has been wiped or written anew since. The former pods are no part of it:
     * users have left them.
     */
    private void done(Rollout rollout, Assignment assignment, int generation) {
        var serving = rollout.objects().stream().map(KubernetesObject::key).collect(Collectors.toSet());
        var cluster = world.cluster(assignment.cluster());
        if (cluster.wipedAtMillis() >= 0 && world.agenda().nowMillis() - cluster.wipedAtMillis() < RECENTLY_MILLIS) {
            return;
        }
        for (var object : cluster.of(assignment.application())) {
            var deployment = object.deployment;
            boolean isBack = broughtBack.contains(cluster + " " + object.written.key());
            boolean isPart = serving.contains(object.written.key());
            if (deployment != null
                    && isPart
                    && !isBack
                    && object.generation() == generation
                    && !deployment.isComplete()) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY,
                        object.written.key() + " on " + cluster + " is done only in the history");
            }
        }
    }

    private void appended(ApplicationName name, List<StoredEvent> events) {
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
            truth.state = truth.decider.evolve(truth.state, recorded);
        }
        grows(name, before, truth.state);
        truth.state.targets().forEach((cluster, target) -> {
            var key = name + " " + cluster + " " + target.generation();
            if (asked.add(key)) {
                askedAtMillis.put(name + " " + cluster, world.agenda().nowMillis());
            }
        });
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

    /** Whether something of the application waits to be promoted. */
    boolean waits(ApplicationName name) {
        var truth = truths.get(name);
        return truth != null
                && truth.state.targets().values().stream()
                        .anyMatch(target -> target.standing() instanceof Target.Standing.Held);
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

    // ---- outcomes and offsets

    void told(CommandId id, Outcome outcome) {
        var before = told.putIfAbsent(id, outcome);
        if (before != null && !before.equals(outcome)) {
            throw new Violation(Promise.OUTCOME, id + " was told " + before + " and then " + outcome);
        }
    }

    void committed(ApplicationName name, CommandId id) {
        var truth = truths.get(name);
        if (truth == null || !truth.batches.containsKey(id)) {
            throw new Violation(Promise.OFFSETS, "the offset of " + id + " is committed, its outcome is not durable");
        }
    }

    // ---- the clusters

    @Override
    public void written(
            SimulatedCluster cluster, Optional<SimulatedObject> present, KubernetesObject object, Mark writerKnows) {
        var incoming = new SimulatedObject(object, null);
        int generation = incoming.generation();
        boolean isLate = isBehind(cluster, ApplicationName.parse(incoming.application()), writerKnows)
                || hasEnded(cluster, ApplicationName.parse(incoming.application()), object.key());
        world.tell(
                () -> cluster + ": " + object.key() + " written, generation " + generation + (isLate ? ", late" : ""));
        if (present.isEmpty()) {
            var place = cluster + " " + object.key();
            if (isLate) {
                broughtBack.add(place);
            } else {
                broughtBack.remove(place);
            }
        }
        if (present.filter(there -> there.mark().compareTo(incoming.mark()) > 0).isPresent()) {
            throw new Violation(
                    Promise.FENCE,
                    object.key() + " on " + cluster + " went from "
                            + present.get().mark() + " back to " + incoming.mark());
        }
        wasAsked(cluster, incoming.application(), object.key(), generation);
    }

    private boolean isBehind(SimulatedCluster cluster, ApplicationName name, Mark writerKnows) {
        return writerKnows.compareTo(rollout(cluster, name).mark()) < 0;
    }

    @Override
    public void routed(
            SimulatedCluster cluster,
            ApplicationName name,
            SharedRoute.Read present,
            SharedRoute.Note note,
            Mark writerKnows) {
        boolean isLate = isBehind(cluster, name, writerKnows) || hasEnded(cluster, name, SharedRoute.KEY);
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
        if (!asked.contains(name + " " + cluster + " " + generation)) {
            throw new Violation(
                    Promise.NAMED_ONLY,
                    key + " was written to " + cluster + " with generation " + generation
                            + ", which the history never asked of it");
        }
    }

    @Override
    public void deleted(SimulatedCluster cluster, ObjectKey key, SimulatedObject present) {
        world.tell(() -> cluster + ": " + key + " deleted, it was of generation " + present.generation());
        var truth = truths.get(ApplicationName.parse(present.application()));
        var target = truth == null ? null : truth.state.targets().get(cluster.name());
        if (truth == null || target == null || target.removing()) {
            return;
        }
        boolean wanted = present.generation() == target.generation() && wanted(cluster, truth.name, key);
        boolean mounted = cluster.of(ApplicationName.parse(present.application())).stream()
                .filter(object -> !broughtBack.contains(cluster + " " + object.written.key()))
                .map(object -> object.deployment)
                .anyMatch(
                        deployment -> deployment != null && deployment.mounted().contains(key.name()));
        if (wanted || mounted) {
            throw new Violation(Promise.SERVING, key + " was deleted from " + cluster + " though pods need it");
        }
    }

    @Override
    public void synced(
            SimulatedCluster cluster, SimulatedObject object, int readyBefore, SimulatedDeployment deployment) {
        if (deployment.hasShared()) {
            served.keySet().removeIf(place -> place.startsWith(cluster + " " + object.application() + " "));
            routes.forget(cluster, ApplicationName.parse(object.application()));
        } else if (deployment.ready() < Math.min(readyBefore, deployment.floor())) {
            throw new Violation(
                    Promise.SERVING,
                    object.written.key() + " on " + cluster + " fell to " + deployment.ready() + " ready pods");
        }
    }

    /** At every moment the Services have as many ready pods as the strategy promises, once they have had them. */
    @Override
    public void serves(SimulatedCluster cluster, ApplicationName name) {
        int floor = floors.of(cluster + " " + name, world.agenda().nowMillis());
        var counted = new HashMap<String, Integer>();
        var ready = new HashMap<String, Integer>();
        var unasked = unasked(cluster, name);
        for (var service : cluster.observe(name).services()) {
            int now = service.ready().entrySet().stream()
                    .filter(backend -> !unasked.contains(backend.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            if (RouteChecks.isOfOneSide(name, service.name())) {
                ready.put(service.name(), now);
                continue;
            }
            if (!isInUse(cluster, name, service)) {
                continue;
            }
            ready.put(service.name(), now);
            var place = cluster + " " + name + " " + service.name();
            int before = served.getOrDefault(place, 0);
            if (now < Math.min(before, floor)) {
                throw new Violation(
                        Promise.SERVING,
                        "Service " + service.name() + " on " + cluster + " fell from " + before + " to " + now
                                + " ready pods, " + floor + " are promised; " + service);
            }
            counted.put(place, now);
        }
        served.keySet().removeIf(place -> place.startsWith(cluster + " " + name + " "));
        served.putAll(counted);
        routes.serves(cluster, name, rollout(cluster, name).objects(), floor, ready);
    }

    /** The Deployments that a late request has brought back and nobody wants: nobody was promised their pods. */
    private Set<String> unasked(SimulatedCluster cluster, ApplicationName name) {
        return broughtBack.isEmpty()
                ? Set.of()
                : cluster.of(name).stream()
                        .filter(object -> object.deployment != null)
                        .map(object -> object.written.key())
                        .filter(key -> broughtBack.contains(cluster + " " + key) && !wanted(cluster, name, key))
                        .map(ObjectKey::name)
                        .collect(Collectors.toSet());
    }

    /** Whether the Service is one of the release and selects what the release wants it to. */
    private boolean isInUse(SimulatedCluster cluster, ApplicationName name, Observation.Service service) {
        return !service.selector().isEmpty()
                && rollout(cluster, name).objects().stream()
                        .filter(object ->
                                object.kind().equals("Service") && object.name().equals(service.name()))
                        .anyMatch(object -> SimulatedCluster.selector(object).equals(service.selector()));
    }

    @Override
    public void wiped(SimulatedCluster cluster) {
        world.applications().forEach(name -> routes.wiped(cluster, name));
        served.keySet().removeIf(place -> place.startsWith(cluster + " "));
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
        truths.forEach((name, truth) -> {
            replayed(name, truth);
            if (!truth.decider.outstanding(truth.state).isEmpty()) {
                throw new Violation(Promise.SETTLES, name + " is still owed " + truth.decider.outstanding(truth.state));
            }
            truth.state.progress().forEach((revision, progress) -> {
                if (!progress.result().isFinal()) {
                    throw new Violation(Promise.SETTLES, name + " revision " + revision + " never ended");
                }
            });
            world.clusters().forEach(cluster -> asHistory(name, truth, cluster));
        });
    }

    private void replayed(ApplicationName name, Truth truth) {
        var shell = world.application(name);
        if (!shell.folded().state().equals(truth.state)) {
            throw new Violation(Promise.REPLAY, name + ": its owner's state is not what the journal gives");
        }
        if (!world.replay(world.applicationLoop(name)).state().equals(truth.state)) {
            throw new Violation(Promise.REPLAY, name + ": a replay gives another state");
        }
    }

    private Rollout rollout(SimulatedCluster cluster, ApplicationName name) {
        return rollouts.getOrDefault(StreamName.rollout(cluster.name(), name).value(), Rollout.NONE);
    }

    /** Whether the rollout is at its end, and the object has no place in it: then nobody asks for it any more. */
    private boolean hasEnded(SimulatedCluster cluster, ApplicationName name, ObjectKey key) {
        var stage = rollout(cluster, name).stage();
        return (stage instanceof Rollout.Stage.Completed || stage instanceof Rollout.Stage.Aborted)
                && !wanted(cluster, name, key);
    }

    /** Configuration that two releases share is marked as the one's or the other's. */
    private static boolean isAs(KubernetesObject written, KubernetesObject wanted) {
        return written.kind().equals("ConfigMap")
                ? written.json().at("data").equals(wanted.json().at("data"))
                : written.equals(wanted);
    }

    /** Whether the present layout has a place for it. */
    private boolean wanted(SimulatedCluster cluster, ApplicationName name, ObjectKey key) {
        var rollout = rollout(cluster, name);
        return rollout.assignment().filter(assignment -> !assignment.removing()).isPresent()
                && !rollout.leftovers().contains(key)
                && rollout.written().contains(key);
    }

    private void asHistory(ApplicationName name, Truth truth, SimulatedCluster cluster) {
        var target = truth.state.targets().get(cluster.name());
        var there = cluster.of(name).stream()
                .collect(Collectors.toMap(
                        object -> object.written.key(), object -> object, (a, b) -> a, LinkedHashMap::new));
        there.keySet().removeIf(key -> broughtBack.contains(cluster + " " + key) && !wanted(cluster, name, key));
        boolean hasCome = target == null
                || target.standing() instanceof Target.Standing.Completed
                || target.standing() instanceof Target.Standing.Aborted;
        if (hasCome && !routes.isWhole(cluster, name)) {
            throw new Violation(Promise.CLUSTERS_AS_HISTORY, SharedRoute.KEY + " on " + cluster + " is still divided");
        }
        if (target == null) {
            if (!there.isEmpty()) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY, cluster + " still has " + there.keySet() + " of " + name);
            }
            return;
        }
        long askedAt = askedAtMillis.getOrDefault(name + " " + cluster, 0L);
        if (!hasCome || cluster.wipedAtMillis() >= askedAt) {
            return;
        }
        for (var object : rollout(cluster, name).objects()) {
            var present = there.remove(object.key());
            if (present == null || !isAs(present.written, object)) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY,
                        object.key() + " on " + cluster + " is " + (present == null ? "missing" : "not as released"));
            }
            var deployment = present.deployment;
            if (deployment != null && !deployment.isComplete()) {
                throw new Violation(
                        Promise.CLUSTERS_AS_HISTORY, object.key() + " on " + cluster + " is done only in the history");
            }
        }
        boolean stillOwed = rolloutDecider.outstanding(rollout(cluster, name)).stream()
                .anyMatch(RolloutTask.Delete.class::isInstance);
        if (!there.isEmpty() && !stillOwed) {
            throw new Violation(
                    Promise.CLUSTERS_AS_HISTORY, there.keySet() + " on " + cluster + " belongs to no release");
        }
    }
}
