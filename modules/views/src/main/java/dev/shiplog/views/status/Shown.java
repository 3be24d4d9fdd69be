package dev.shiplog.views.status;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.StrategyWords;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.AppView.Replicas;
import dev.shiplog.protocol.view.AppView.TroubleView;
import dev.shiplog.protocol.view.AppView.Workload;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.live.Sight;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Placements and sightings as the view records show them. */
public final class Shown {

    private static final Replicas NONE = new Replicas(0, 0, 0, 0, 0);

    private Shown() {}

    public static Status status(Placement placement, ClusterSight live) {
        var cluster = placement.place().cluster();
        return ClusterRule.status(
                placement,
                live.reach(cluster),
                live.of(cluster, placement.place().application()),
                neighbours(placement, live),
                live.now());
    }

    private static Neighbours neighbours(Placement placement, ClusterSight live) {
        return () -> live.beside(placement.place().cluster(), placement.place().application());
    }

    public static OnCluster onCluster(Placement placement, Status status, ClusterSight live) {
        var place = placement.place();
        var wanted = placement.wanted();
        var sight = live.of(place.cluster(), place.application());
        var sides = new Sides(
                placement,
                sight instanceof Sight.Seen seen ? Optional.of(seen.observation()) : Optional.empty(),
                neighbours(placement, live));
        var workloads = workloads(sides);
        return new OnCluster(
                place.cluster(),
                placement.labels(),
                status.phase(),
                wanted.revision(),
                workloads.isEmpty() ? unseen(placement, sight) : images(workloads),
                workloads.isEmpty() ? new Replicas(wanted.replicas(), 0, 0, 0, 0) : total(sides),
                status.message(),
                sight instanceof Sight.Seen seen
                        ? seen.observation().externalAddress().orElse(null)
                        : null,
                wanted.paused(),
                status.troubles().stream()
                        .map(trouble -> new TroubleView(trouble.kind().word(), trouble.detail()))
                        .toList(),
                workloads,
                switch (sight) {
                    case Sight.Unseen ignored -> null;
                    case Sight.Seen seen -> seen.observation().at();
                    case Sight.Gone gone -> gone.at();
                },
                StrategyWords.word(wanted.declared().course().strategy()),
                placement.standing().getClass().getSimpleName(),
                Steps.step(placement).orElse(null),
                placement.standing() instanceof Target.Standing.Held held
                        ? held.until().orElse(null)
                        : null,
                Steps.weight(sides).orElse(null),
                sides.active().map(Role::word).orElse(null),
                sides.preview().map(Role::word).orElse(null),
                placement.standing() instanceof Target.Standing.Completed completed
                        ? completed.keptUntil().orElse(null)
                        : null);
    }

    public static Replicas sum(Collection<Replicas> parts) {
        return parts.stream().reduce(NONE, Shown::plus);
    }

    /** Of what the rollout has now: a colour that is only kept doesn't count. */
    private static Replicas total(Sides sides) {
        return sum(sides.present().stream()
                .map(workload -> replicas(workload, updated(sides.placement(), workload)))
                .toList());
    }

    /** Pods of the revision that the cluster is to run: of another one's Deployment there are none. */
    static int updated(Placement placement, Observation.Workload workload) {
        return workload.revision() == 0
                        || workload.revision() == placement.wanted().revision()
                ? workload.updated()
                : 0;
    }

    private static Replicas plus(Replicas one, Replicas other) {
        return new Replicas(
                one.desired() + other.desired(),
                one.current() + other.current(),
                one.updated() + other.updated(),
                one.ready() + other.ready(),
                one.available() + other.available());
    }

    private static List<Workload> workloads(Sides sides) {
        return sides.seen().map(Observation::workloads).orElse(List.of()).stream()
                .map(seen -> workload(seen, sides))
                .toList();
    }

    private static Workload workload(Observation.Workload seen, Sides sides) {
        return new Workload(
                "Deployment",
                seen.name(),
                seen.images(),
                replicas(seen, seen.updated()),
                sides.tag(seen.name()).orElse(null),
                seen.revision());
    }

    private static Replicas replicas(Observation.Workload seen, int updated) {
        return new Replicas(seen.desired(), seen.current(), updated, seen.ready(), seen.available());
    }

    /** What must run there though nothing of it is seen just now: only what was written, until the cluster says otherwise. */
    private static List<String> unseen(Placement placement, Sight sight) {
        return sight instanceof Sight.Unseen && placement.carried().written()
                ? placement.wanted().declared().images()
                : List.of();
    }

    private static List<String> images(List<AppView.Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.images().stream())
                .distinct()
                .toList();
    }
}
