package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One application on one cluster, and when to speak of it: at once after a change, but not twice within {@link #GAP}.
 *
 * <p>Pods are looked at when nothing has moved for {@link #STILL} though the rollout is not done, then when it has lasted
 * twice as long, and so on, every {@link #AGAIN} at least: what is wrong with a pod shows seconds after it was made. And
 * before an exceeded deadline is told, so that it is told with its cause. That waits {@link #HELD_BACK} at
 * most.
 */
final class ShownApplication {

    static final Duration GAP = Duration.ofMillis(50);
    static final Duration STILL = Duration.ofSeconds(2);
    static final Duration AGAIN = Duration.ofSeconds(10);
    static final Duration HELD_BACK = Duration.ofSeconds(5);
    static final Duration AFTER_KUBERNETES = Duration.ofSeconds(10);

    /**
     * A Deployment, since when it stands as it does, and its deadlines: Kubernetes' own, and ours for what Kubernetes sets
     * none, a change of scale alone, which may find no room for its pods. Where there are both, Kubernetes speaks first.
     */
    private record Tracked(Shown.Deployed deployed, Deadline deadline, Instant movedAt) {

        boolean isExceeded(Instant at) {
            return deadline.isExceeded(deployed, at) || isOverdue(at);
        }

        boolean isOverdue(Instant at) {
            return isUnfinished(deployed.workload()) && !at.isBefore(overdueFrom());
        }

        Instant overdueFrom() {
            return movedAt.plus(deployed.progressDeadline()).plus(AFTER_KUBERNETES);
        }
    }

    private final ApplicationName name;
    private final String cluster;
    private final Map<ObjectId, Tracked> workloads = new TreeMap<>(Comparator.comparing(ObjectId::toString));
    private final Map<ObjectId, Shown.Served> services = new TreeMap<>(Comparator.comparing(ObjectId::toString));
    private final Map<ObjectId, Shown.Endpoints> endpoints = new TreeMap<>(Comparator.comparing(ObjectId::toString));
    private boolean dirty = true;
    private boolean toldExceeded;
    private @Nullable Instant toldAt;
    private Instant movedAt = Instant.MIN;
    private Instant changedAt = Instant.EPOCH;
    private boolean awaited;
    private boolean explaining;
    private @Nullable Instant explainedAt;
    private @Nullable Instant heldSince;
    private List<Trouble> troubles = List.of();

    ShownApplication(ApplicationName name, String cluster) {
        this.name = name;
        this.cluster = cluster;
    }

    void show(ObjectId id, Shown shown, Instant at) {
        switch (shown) {
            case Shown.Deployed deployed -> show(id, deployed, at);
            case Shown.Served served -> changed(!served.equals(services.put(id, served)), at);
            case Shown.Endpoints slice -> changed(!slice.equals(endpoints.put(id, slice)), at);
        }
    }

    private void changed(boolean hasChanged, Instant at) {
        if (hasChanged) {
            changedAt = at;
            dirty = true;
        }
    }

    private void show(ObjectId id, Shown.Deployed deployed, Instant at) {
        var before = workloads.get(id);
        if (before == null) {
            workloads.put(id, new Tracked(deployed, Deadline.first(deployed, at), at));
            moved(at);
            changed(true, at);
        } else if (!before.deployed().equals(deployed)) {
            boolean hasMoved = hasMoved(before.deployed().workload(), deployed.workload());
            var deadline = before.deadline().next(before.deployed(), deployed, at);
            workloads.put(id, new Tracked(deployed, deadline, hasMoved ? at : before.movedAt()));
            if (hasMoved) {
                moved(at);
            }
            changed(true, at);
        }
    }

    /** A condition that comes or goes is no movement: the pods are as they were. */
    private static boolean hasMoved(Observation.Workload before, Observation.Workload now) {
        return before.generation() != now.generation()
                || before.updated() != now.updated()
                || before.available() != now.available()
                || before.current() != now.current();
    }

    private void moved(Instant at) {
        movedAt = at;
        explainedAt = null;
        troubles = List.of();
        dirty = true;
    }

    void hide(ObjectId id, Instant at) {
        boolean wasWorkload = workloads.remove(id) != null;
        boolean wasService = services.remove(id) != null;
        boolean wasSlice = endpoints.remove(id) != null;
        changed(wasWorkload || wasService || wasSlice, at);
    }

    /** Endpoints alone are what a deleted Service leaves behind for a moment. */
    boolean isGone() {
        return workloads.isEmpty() && services.isEmpty();
    }

    boolean isForgotten() {
        return isGone() && endpoints.isEmpty();
    }

    void tellAgain() {
        dirty = true;
    }

    /** Somebody waits for it to become something. */
    void look() {
        awaited = true;
        dirty = true;
    }

    void explained(List<Trouble> found, Instant at) {
        explaining = false;
        explainedAt = at;
        heldSince = null;
        if (!found.equals(troubles)) {
            troubles = found;
            dirty = true;
        }
    }

    /** The names of the workloads to be explained now; none if it is not the time. */
    List<String> toExplain(Instant at) {
        if (explaining || explainAt(at).filter(time -> !at.isBefore(time)).isEmpty()) {
            return List.of();
        }
        explaining = true;
        return workloads.values().stream()
                .map(tracked -> tracked.deployed().workload())
                .filter(ShownApplication::isUnfinished)
                .map(Observation.Workload::name)
                .toList();
    }

    private Optional<Instant> explainAt(Instant at) {
        boolean isUnfinished = workloads.values().stream()
                .anyMatch(tracked -> isUnfinished(tracked.deployed().workload()));
        if (!isUnfinished) {
            return Optional.empty();
        }
        var explained = explainedAt;
        if (explained != null) {
            long lasted = Duration.between(movedAt, explained).toSeconds();
            return Optional.of(explained.plusSeconds(Math.clamp(lasted, STILL.toSeconds(), AGAIN.toSeconds())));
        }
        return Optional.of(isExceeded(at) ? at : movedAt.plus(STILL));
    }

    private static boolean isUnfinished(Observation.Workload workload) {
        return !workload.paused()
                && (workload.observedGeneration() < workload.generation()
                        || workload.updated() != workload.desired()
                        || workload.current() != workload.updated()
                        || workload.available() != workload.updated());
    }

    private boolean isExceeded(Instant at) {
        return workloads.values().stream()
                .anyMatch(tracked -> tracked.isExceeded(at)
                        && isUnfinished(tracked.deployed().workload()));
    }

    /** What is to be told now. */
    Optional<Sighting> toTell(Instant at) {
        if (tellAt(at).filter(time -> !at.isBefore(time)).isEmpty()) {
            return Optional.empty();
        }
        dirty = false;
        toldExceeded = isExceeded(at);
        awaited = awaited && still(at).isEmpty();
        toldAt = at;
        return Optional.of(isGone() ? new Sighting.Vanished(name) : new Sighting.Seen(observation(at)));
    }

    private Optional<Instant> tellAt(Instant at) {
        // A condition that was not believed at first comes to be, without anything changing.
        boolean isNews =
                dirty || isExceeded(at) != toldExceeded || (awaited && still(at).isPresent());
        if (!isNews) {
            return Optional.empty();
        }
        var told = toldAt;
        var earliest = told == null ? Instant.MIN : told.plus(GAP);
        if (explainedAt == null && isExceeded(at)) {
            var held = heldSince == null ? at : heldSince;
            heldSince = held;
            var released = held.plus(HELD_BACK);
            return Optional.of(released.isAfter(earliest) ? released : earliest);
        }
        return Optional.of(earliest);
    }

    /** When to come back, should nothing happen until then. */
    Optional<Instant> next(Instant at) {
        var times = new ArrayList<Instant>();
        tellAt(at).ifPresent(times::add);
        if (!explaining) {
            explainAt(at).ifPresent(times::add);
        }
        stillFrom().filter(from -> awaited && from.isAfter(at)).ifPresent(times::add);
        for (var tracked : workloads.values()) {
            var believedFrom = tracked.deadline().believedFrom(tracked.deployed());
            if (tracked.deployed().deadlineExceededAt().isPresent() && believedFrom.isAfter(at)) {
                times.add(believedFrom);
            }
            if (isUnfinished(tracked.deployed().workload())
                    && tracked.overdueFrom().isAfter(at)) {
                times.add(tracked.overdueFrom());
            }
        }
        return times.stream().min(Comparator.naturalOrder());
    }

    Observation observation(Instant at) {
        var shown = workloads.values().stream()
                .map(tracked -> believed(tracked, at))
                .sorted(Comparator.comparing(Observation.Workload::name))
                .toList();
        return new Observation(name, cluster, at, shown, served(), externalAddress(), allTroubles(shown), still(at));
    }

    /** Endpoints have no deadline of Kubernetes': they have as long as pods have. */
    private Optional<Duration> still(Instant at) {
        return stillFrom().filter(from -> !at.isBefore(from)).flatMap(from -> progressDeadline());
    }

    private Optional<Instant> stillFrom() {
        return services.isEmpty() ? Optional.empty() : progressDeadline().map(changedAt::plus);
    }

    private Optional<Duration> progressDeadline() {
        return workloads.values().stream()
                .map(tracked -> tracked.deployed().progressDeadline())
                .max(Comparator.naturalOrder());
    }

    private List<Observation.Service> served() {
        return services.values().stream()
                .map(service -> new Observation.Service(
                        service.name(), service.mark(), service.selector(), ready(service.name())))
                .toList();
    }

    private Map<String, Integer> ready(String service) {
        var counts = new TreeMap<String, Integer>();
        var known = workloads.values().stream()
                .map(tracked -> tracked.deployed().workload().name())
                .toList();
        endpoints.values().stream()
                .filter(slice -> slice.service().equals(service))
                .forEach(slice -> slice.ready()
                        .forEach((stem, ready) -> counts.merge(PodName.deployment(stem, known), ready, Integer::sum)));
        return counts;
    }

    private static Observation.Workload believed(Tracked tracked, Instant at) {
        var workload = tracked.deployed().workload();
        if (tracked.deadline().isExceeded(tracked.deployed(), at)) {
            return workload;
        }
        return workload.exceeding(
                tracked.isOverdue(at)
                        ? Optional.of("has not moved for "
                                + tracked.deployed().progressDeadline().toSeconds() + " s")
                        : Optional.empty());
    }

    private Optional<String> externalAddress() {
        return services.values().stream()
                .sorted(Comparator.comparing(
                        (Shown.Served service) -> !service.name().equals(name.name())))
                .flatMap(service -> service.externalAddress().stream())
                .findFirst();
    }

    private List<Trouble> allTroubles(List<Observation.Workload> shown) {
        var all = new LinkedHashSet<Trouble>();
        shown.stream()
                .filter(ShownApplication::isUnfinished)
                .flatMap(workload -> workload.replicaFailure().stream())
                .map(Troubles::ofReplicaFailure)
                .forEach(all::add);
        all.addAll(troubles);
        return List.copyOf(all);
    }
}
