package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster: objects with versions, Deployment controllers, and watches that lag, lose and repeat. */
final class SimulatedCluster {

    private final Agenda agenda;
    private final Chance chance;
    private final Bug bug;
    private final Witness witness;
    private final String name;
    private final Map<String, SimulatedObject> objects = new TreeMap<>();
    private long version = 1;
    private long unreachableUntilMillis;
    private final Map<String, Long> changedAtMillis = new HashMap<>();
    private long wipedAtMillis = -1;
    private int room = Integer.MAX_VALUE;
    private @Nullable SharedRoute route;

    SimulatedCluster(Agenda agenda, Chance chance, Bug bug, Witness witness, String name) {
        this.agenda = agenda;
        this.chance = chance;
        this.bug = bug;
        this.witness = witness;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** How many pods can run on it at once. */
    void limit(int pods) {
        room = pods;
    }

    void add(SharedRoute shared) {
        route = shared;
    }

    /** How many more pods there is room for. */
    int room() {
        return room - objects.values().stream().mapToInt(SimulatedObject::pods).sum();
    }

    /** The route that all share, if there is one. */
    Optional<SharedRoute> route() {
        return Optional.ofNullable(route);
    }

    /** As {@link #apply}, of an application's part in the route that all share. */
    boolean apply(
            ApplicationName application,
            Json.Obj changed,
            SharedRoute.Note note,
            SharedRoute.Read present,
            Mark writerKnows) {
        boolean isWritten = route != null && route.write(application, changed, note, present.version());
        if (isWritten) {
            witness.routed(this, application, present, note, writerKnows);
            witness.serves(this, application);
        }
        return isWritten;
    }

    void breakFor(long millis) {
        unreachableUntilMillis = Math.max(unreachableUntilMillis, agenda.nowMillis() + millis);
    }

    void heal() {
        unreachableUntilMillis = 0;
    }

    boolean isUnreachable() {
        return agenda.nowMillis() < unreachableUntilMillis;
    }

    Optional<SimulatedObject> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(id(key)));
    }

    private static String id(ObjectKey key) {
        return key.kind() + " " + key.namespace() + "/" + key.name();
    }

    /**
     * @param writerKnows the newest mark that the writer had been asked for when it sent this
     * @return whether it was written; not if the version read is not the present one any more (409). What is not there any
     *     more is created, whatever version was read
     */
    boolean apply(KubernetesObject object, long versionRead, Mark writerKnows) {
        var key = object.key();
        var present = objects.get(id(key));
        if (present != null && present.version != versionRead && bug != Bug.NO_PRECONDITION) {
            return false;
        }
        witness.written(this, Optional.ofNullable(present), object, writerKnows);
        if (present != null && present.written.equals(object)) {
            return true;
        }
        if (present == null) {
            present = new SimulatedObject(object, object.isWorkload() ? new SimulatedDeployment(key.name()) : null);
            objects.put(id(key), present);
        }
        present.written = object;
        present.version = ++version;
        var deployment = present.deployment;
        if (deployment != null) {
            deployment.write(object, agenda.nowMillis());
            notice(present.application());
            look(present, deployment);
        }
        changedAtMillis.put(present.application(), agenda.nowMillis());
        witness.serves(this, ApplicationName.parse(present.application()));
        return true;
    }

    boolean delete(ObjectKey key, long versionRead) {
        var present = objects.get(id(key));
        if (present == null) {
            return true;
        }
        if (present.version != versionRead && bug != Bug.NO_PRECONDITION) {
            return false;
        }
        witness.deleted(this, key, present);
        objects.remove(id(key));
        notice(present.application());
        witness.serves(this, ApplicationName.parse(present.application()));
        makeRoom();
        return true;
    }

    void wipe() {
        var applications =
                objects.values().stream().map(SimulatedObject::application).collect(Collectors.toSet());
        objects.clear();
        wipedAtMillis = agenda.nowMillis();
        witness.wiped(this);
        applications.stream().sorted().forEach(this::notice);
        var shared = route;
        if (shared != null) {
            shared.wipe();
            agenda.after(chance.between(0, 30_000), shared::bringBack);
        }
    }

    long wipedAtMillis() {
        return wipedAtMillis;
    }

    private boolean isThere(SimulatedObject object) {
        return objects.get(id(object.written.key())) == object;
    }

    /** The controller looks after a while, and goes on looking for as long as something changes. */
    private void look(SimulatedObject object, SimulatedDeployment deployment) {
        agenda.after(chance.between(5, 300), () -> {
            if (!isThere(object)) {
                return;
            }
            if (sync(object, deployment)) {
                notice(object.application());
                look(object, deployment);
                agenda.after(chance.between(100, 3_000), () -> becomeReady(object, deployment));
            }
            watchDeadline(object, deployment);
        });
    }

    /** A status that changes is a new version of the object. */
    private boolean sync(SimulatedObject object, SimulatedDeployment deployment) {
        var before = deployment.status();
        int ready = deployment.ready();
        int pods = object.pods();
        boolean changed = deployment.sync(agenda.nowMillis());
        object.version = deployment.status().equals(before) ? object.version : ++version;
        witness.synced(this, object, ready, deployment);
        witness.serves(this, ApplicationName.parse(object.application()));
        if (object.pods() < pods) {
            makeRoom();
        }
        return changed;
    }

    private void becomeReady(SimulatedObject object, SimulatedDeployment deployment) {
        int ready = objects.values().stream().mapToInt(SimulatedObject::ready).sum();
        if (ready < room && isThere(object) && deployment.becomeReady(configs(object.written.namespace()))) {
            look(object, deployment);
            agenda.after(chance.between(100, 3_000), () -> becomeReady(object, deployment));
        }
    }

    /** Pods that had no room may have some now. */
    private void makeRoom() {
        if (room < Integer.MAX_VALUE) {
            for (var object : objects.values()) {
                var deployment = object.deployment;
                if (deployment != null) {
                    agenda.after(chance.between(100, 3_000), () -> becomeReady(object, deployment));
                }
            }
        }
    }

    private void watchDeadline(SimulatedObject object, SimulatedDeployment deployment) {
        if (deployment.mayTimeOut()) {
            long at = deployment.deadlineAtMillis();
            agenda.after(at - agenda.nowMillis() + 1, () -> {
                boolean due = isThere(object) && at == deployment.deadlineAtMillis() && deployment.mayTimeOut();
                if (due && sync(object, deployment)) {
                    notice(object.application());
                }
            });
        }
        if (deployment.isUnfinished()) {
            long at = deployment.overdueAtMillis();
            agenda.after(at - agenda.nowMillis() + 1, () -> {
                if (isThere(object) && at == deployment.overdueAtMillis() && deployment.isUnfinished()) {
                    notice(object.application());
                }
            });
        }
    }

    private Set<String> configs(String namespace) {
        return objects.values().stream()
                .filter(object -> object.written.kind().equals("ConfigMap")
                        && object.written.namespace().equals(namespace))
                .map(object -> object.written.name())
                .collect(Collectors.toSet());
    }

    List<SimulatedObject> of(ApplicationName application) {
        return objects.values().stream()
                .filter(object -> object.application().equals(application.toString()))
                .toList();
    }

    /** A watch event is on its way to whoever watches. */
    private void notice(String application) {
        changedAtMillis.put(application, agenda.nowMillis());
        var watched = ApplicationName.parse(application);
        if (!chance.fault(50)) {
            var seen = observe(watched);
            agenda.after(chance.latency(), () -> witness.noticed(seen));
        }
    }

    Observation observe(ApplicationName application) {
        var workloads = new ArrayList<Observation.Workload>();
        var services = new ArrayList<Observation.Service>();
        for (var object : of(application)) {
            var deployment = object.deployment;
            if (deployment != null) {
                workloads.add(tampered(overdue(deployment, deployment.shown(object.mark(), object.revision()))));
            } else if (object.written.kind().equals("Service")) {
                services.add(new Observation.Service(
                        object.written.name(),
                        selector(object.written),
                        readyBehind(selector(object.written), application)));
            }
        }
        return new Observation(
                application,
                name,
                agenda.now(),
                workloads,
                services,
                Optional.empty(),
                List.of(),
                services.isEmpty() ? Optional.empty() : still(application));
    }

    /** Endpoints have as long as pods have. */
    private Optional<Duration> still(ApplicationName application) {
        var deadline = of(application).stream()
                .flatMap(object -> Optional.ofNullable(object.deployment).stream())
                .mapToLong(SimulatedDeployment::deadlineMillis)
                .max();
        long from = changedAtMillis.getOrDefault(application.toString(), 0L);
        return deadline.isPresent() && agenda.nowMillis() >= from + deadline.getAsLong()
                ? Optional.of(Duration.ofMillis(deadline.getAsLong()))
                : Optional.empty();
    }

    static Map<String, String> selector(KubernetesObject service) {
        var selector = service.json().object("spec").object("selector");
        var texts = new TreeMap<String, String>();
        selector.members().keySet().forEach(key -> selector.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    /** The ready pods that a selector fits, by Deployment. */
    Map<String, Integer> readyBehind(Map<String, String> selector, ApplicationName application) {
        var ready = new TreeMap<String, Integer>();
        for (var object : of(application)) {
            var deployment = object.deployment;
            int pods = deployment == null || selector.isEmpty() ? 0 : deployment.readyFor(selector);
            if (pods > 0) {
                ready.put(object.written.name(), pods);
            }
        }
        return ready;
    }

    /** The gateway's own deadline, for what Kubernetes sets none. */
    private Observation.Workload overdue(SimulatedDeployment deployment, Observation.Workload shown) {
        return deployment.isUnfinished() && agenda.nowMillis() > deployment.overdueAtMillis()
                ? shown.exceeding(Optional.of("has not moved"))
                : shown;
    }

    private Observation.Workload tampered(Observation.Workload shown) {
        boolean trusting = bug == Bug.TRUST_STALE_STATUS;
        boolean hasty = bug == Bug.SCALE_DOWN_DONE_EARLY && shown.current() == shown.updated();
        return new Observation.Workload(
                shown.name(),
                shown.mark(),
                shown.revision(),
                shown.generation(),
                trusting ? shown.generation() : shown.observedGeneration(),
                shown.desired(),
                hasty ? Math.min(shown.current(), shown.desired()) : shown.current(),
                hasty ? Math.min(shown.updated(), shown.desired()) : shown.updated(),
                shown.ready(),
                hasty ? Math.min(shown.available(), shown.desired()) : shown.available(),
                shown.paused(),
                shown.images(),
                shown.deadlineExceeded(),
                shown.replicaFailure());
    }

    @Override
    public String toString() {
        return name;
    }
}
