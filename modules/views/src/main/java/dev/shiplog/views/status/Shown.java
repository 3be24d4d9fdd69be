package dev.shiplog.views.status;

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

/** Placements and sightings as the view records show them. */
public final class Shown {

    private static final Replicas NONE = new Replicas(0, 0, 0, 0, 0);

    private Shown() {}

    public static Status status(Placement placement, ClusterSight live) {
        var cluster = placement.place().cluster();
        return ClusterRule.status(
                placement,
                live.reach(cluster),
                live.of(cluster, placement.place().application()));
    }

    public static OnCluster onCluster(Placement placement, Status status, ClusterSight live) {
        var place = placement.place();
        var wanted = placement.wanted();
        var sight = live.of(place.cluster(), place.application());
        var workloads = workloads(sight);
        return new OnCluster(
                place.cluster(),
                placement.labels(),
                status.phase(),
                wanted.revision(),
                workloads.isEmpty() ? wanted.declared().images() : images(workloads),
                workloads.isEmpty() ? new Replicas(wanted.replicas(), 0, 0, 0, 0) : total(workloads),
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
                });
    }

    public static Replicas sum(Collection<Replicas> parts) {
        return parts.stream().reduce(NONE, Shown::plus);
    }

    private static Replicas total(List<Workload> workloads) {
        return sum(workloads.stream().map(Workload::replicas).toList());
    }

    private static Replicas plus(Replicas one, Replicas other) {
        return new Replicas(
                one.desired() + other.desired(),
                one.current() + other.current(),
                one.updated() + other.updated(),
                one.ready() + other.ready(),
                one.available() + other.available());
    }

    private static List<Workload> workloads(Sight sight) {
        return sight instanceof Sight.Seen seen
                ? seen.observation().workloads().stream().map(Shown::workload).toList()
                : List.of();
    }

    private static Workload workload(Observation.Workload seen) {
        return new Workload(
                "Deployment",
                seen.name(),
                seen.images(),
                new Replicas(seen.desired(), seen.current(), seen.updated(), seen.ready(), seen.available()));
    }

    private static List<String> images(List<AppView.Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.images().stream())
                .distinct()
                .toList();
    }
}
