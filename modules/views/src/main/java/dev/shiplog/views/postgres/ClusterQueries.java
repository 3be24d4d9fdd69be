package dev.shiplog.views.postgres;

import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.live.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Questions about clusters. */
final class ClusterQueries {

    private record Count(String cluster, int applications) {}

    private final Snapshot tables;
    private final ClusterSight live;
    private final Fleet fleet;

    ClusterQueries(Snapshot tables, ClusterSight live, Fleet fleet) {
        this.tables = tables;
        this.live = live;
        this.fleet = fleet;
    }

    List<ClusterView> clusters() {
        var counts = tables.list(
                "select cluster, count(*) from views.placements group by cluster",
                row -> new Count(row.getString(1), row.getInt(2)));
        var shown = new TreeMap<String, ClusterView>();
        fleet.clusters().values().forEach(cluster -> shown.put(cluster.name(), shown(cluster, 0)));
        for (var count : counts) {
            shown.put(count.cluster(), shown(count));
        }
        return List.copyOf(shown.values());
    }

    Optional<ClusterView> cluster(String name) {
        var count = tables.one(
                        "select count(*) from views.placements where cluster = ?",
                        row -> new Count(name, row.getInt(1)),
                        name)
                .orElseThrow();
        return fleet.cluster(name).isEmpty() && count.applications() == 0
                ? Optional.empty()
                : Optional.of(shown(count));
    }

    private ClusterView shown(Count count) {
        return fleet.cluster(count.cluster())
                .map(cluster -> shown(cluster, count.applications()))
                .orElseGet(() -> new ClusterView(
                        count.cluster(),
                        Map.of(),
                        "Unreachable",
                        null,
                        "not in the fleet any more, but applications are on it",
                        count.applications(),
                        null));
    }

    private ClusterView shown(Cluster cluster, int applications) {
        return switch (live.reach(cluster.name())) {
            case Reach.Connecting ignored ->
                new ClusterView(cluster.name(), cluster.labels(), "Connecting", null, "connecting", applications, null);
            case Reach.Reachable reachable ->
                new ClusterView(
                        cluster.name(),
                        cluster.labels(),
                        "Reachable",
                        reachable.version(),
                        "",
                        applications,
                        reachable.since());
            case Reach.Unreachable unreachable ->
                new ClusterView(
                        cluster.name(),
                        cluster.labels(),
                        "Unreachable",
                        null,
                        unreachable.trouble().toString(),
                        applications,
                        unreachable.since());
        };
    }
}
