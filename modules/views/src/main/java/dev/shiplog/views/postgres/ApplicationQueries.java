package dev.shiplog.views.postgres;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.RolloutView;
import dev.shiplog.views.Filter;
import dev.shiplog.views.Page;
import dev.shiplog.views.history.JsonColumn;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.history.PlacementTable;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.status.ApplicationRule;
import dev.shiplog.views.status.Shown;
import dev.shiplog.views.status.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Questions about applications and what the clusters run of them. */
final class ApplicationQueries {

    private static final String APPLICATIONS =
            "select a.application, a.revision, a.strategy, a.images, a.labels, a.updated from views.applications a"
                    + " where not a.removed";
    private static final String PLACEMENTS = "select " + PlacementTable.COLUMNS + " from views.placements p ";

    private record Row(
            ApplicationName application,
            int revision,
            String strategy,
            List<String> images,
            Map<String, String> labels,
            Instant updated) {}

    private final Snapshot tables;
    private final ClusterSight live;

    ApplicationQueries(Snapshot tables, ClusterSight live) {
        this.tables = tables;
        this.live = live;
    }

    Optional<AppView> application(ApplicationName application) {
        return shown(tables.list(
                        APPLICATIONS + " and a.application = ?", ApplicationQueries::row, application.toString()))
                .stream()
                .findFirst();
    }

    /** Labels are compared here, page by page, until there are enough or no more. */
    Page<AppView> applications(Filter filter, String after, int limit) {
        var chosen = new ArrayList<Row>();
        var last = after;
        while (chosen.size() <= limit) {
            var rows = rows(filter, last, limit + 1);
            rows.stream().filter(row -> filter.labels().matches(row.labels())).forEach(chosen::add);
            if (rows.size() <= limit) {
                break;
            }
            last = rows.getLast().application().toString();
        }
        boolean more = chosen.size() > limit;
        var page = more ? chosen.subList(0, limit) : chosen;
        return new Page<>(
                shown(page), more ? Optional.of(page.getLast().application().toString()) : Optional.empty());
    }

    Page<RolloutView> rollouts(Optional<String> namespace, Optional<String> cluster, String after, int limit) {
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<Object>();
        if (!after.isEmpty()) {
            var place = RolloutCursor.parse(after);
            conditions.add("(p.application, p.cluster) > (?, ?)");
            parameters.add(place.application().toString());
            parameters.add(place.cluster());
        }
        if (namespace.isPresent()) {
            // In the order of bytes "0" comes next after "/".
            conditions.add("p.application > ? and p.application < ?");
            parameters.add(namespace.get() + "/");
            parameters.add(namespace.get() + "0");
        }
        if (cluster.isPresent()) {
            conditions.add("p.cluster = ?");
            parameters.add(cluster.get());
        }
        parameters.add(limit + 1);
        var found = tables.list(
                PLACEMENTS + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                        + " order by p.application, p.cluster limit ?",
                PlacementTable::read,
                parameters);
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page<>(
                page.stream()
                        .map(placement ->
                                new RolloutView(placement.place().application().toString(), onCluster(placement)))
                        .toList(),
                more ? Optional.of(RolloutCursor.of(page.getLast().place())) : Optional.empty());
    }

    List<ApplicationName> unfinished() {
        return tables.list(
                "select distinct application from views.placements"
                        + " where standing in ('OWED', 'HELD') or until is not null or leftovers order by application",
                row -> ApplicationName.parse(row.getString(1)));
    }

    private List<Row> rows(Filter filter, String after, int limit) {
        var sql = new StringBuilder(APPLICATIONS);
        var parameters = new ArrayList<Object>();
        sql.append(" and a.application > ?");
        parameters.add(after);
        filter.namespace().ifPresent(namespace -> {
            sql.append(" and a.namespace = ?");
            parameters.add(namespace);
        });
        filter.cluster().ifPresent(cluster -> {
            sql.append(" and exists (select 1 from views.placements p"
                    + " where p.application = a.application and p.cluster = ?)");
            parameters.add(cluster);
        });
        sql.append(" order by a.application limit ?");
        parameters.add(limit);
        return tables.list(sql.toString(), ApplicationQueries::row, parameters);
    }

    private List<AppView> shown(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var names = rows.stream().map(row -> row.application().toString()).toList();
        Map<ApplicationName, List<Placement>> placements = tables
                .list(
                        PLACEMENTS + "where p.application = any(?) order by p.application, p.cluster",
                        PlacementTable::read,
                        List.of(names))
                .stream()
                .collect(Collectors.groupingBy(placement -> placement.place().application()));
        return rows.stream()
                .flatMap(row ->
                        Optional.ofNullable(placements.get(row.application()))
                                .map(placed -> shown(row, placed))
                                .stream())
                .toList();
    }

    private AppView shown(Row row, List<Placement> placements) {
        var statuses = new LinkedHashMap<String, Status>();
        var clusters = new ArrayList<OnCluster>();
        for (var placement : placements) {
            var status = Shown.status(placement, live);
            statuses.put(placement.place().cluster(), status);
            clusters.add(Shown.onCluster(placement, status, live));
        }
        var overall = ApplicationRule.overall(statuses);
        return new AppView(
                row.application().name(),
                row.application().namespace(),
                overall.phase(),
                row.revision(),
                overall.message(),
                row.strategy(),
                clusters.stream()
                        .flatMap(cluster -> cluster.images().stream())
                        .distinct()
                        .toList(),
                Shown.sum(clusters.stream().map(OnCluster::replicas).toList()),
                row.updated(),
                clusters);
    }

    private OnCluster onCluster(Placement placement) {
        return Shown.onCluster(placement, Shown.status(placement, live), live);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                ApplicationName.parse(row.getString(1)),
                row.getInt(2),
                row.getString(3),
                JsonColumn.list(row.getString(4)),
                JsonColumn.map(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }
}
