package dev.shiplog.views.postgres;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.views.Described;
import dev.shiplog.views.Page;
import dev.shiplog.views.history.JsonColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Questions about revisions. */
final class ReleaseQueries {

    private static final String RELEASES = "select r.application, r.revision, r.cause, r.actor, r.reason, r.created,"
            + " r.images, r.origin, r.outcome, r.position from views.releases r ";

    /** Each deletion with who asked for it last, and with the revision that was the newest then. */
    private static final String DELETIONS =
            "select gone.application, made.revision, asked.actor, asked.reason, asked.at"
                    + " from views.events gone cross join lateral"
                    + " (select x.actor, x.reason, x.at from views.events x where x.application = gone.application"
                    + " and x.type = 'RemovalRequested' and x.position < gone.position order by x.position desc limit 1) asked"
                    + " cross join lateral (select x.revision from views.releases x where x.application = gone.application"
                    + " and x.position < gone.position order by x.revision desc limit 1) made"
                    + " where gone.type = 'ApplicationRemoved' and gone.application = any(?::text[])"
                    + " order by gone.position desc";

    private record Key(String application, int revision) {}

    private record Row(
            Key key,
            String cause,
            String actor,
            String reason,
            Instant created,
            List<String> images,
            String origin,
            String outcome,
            long position) {}

    private record OnCluster(Key key, RevisionView.OnCluster outcome) {}

    private record Deleted(Key key, RevisionView.Deletion deletion) {}

    private final Snapshot tables;

    ReleaseQueries(Snapshot tables) {
        this.tables = tables;
    }

    Page<RevisionView> history(ApplicationName application, String after, int limit) {
        return page(
                tables.list(
                        RELEASES + "where r.application = ? and r.revision > ? order by r.revision limit ?",
                        ReleaseQueries::row,
                        application.toString(),
                        NumberCursor.parse(after, 0),
                        limit + 1),
                limit,
                row -> Integer.toString(row.key().revision()));
    }

    Page<RevisionView> releases(Optional<String> namespace, String after, int limit) {
        var sql = RELEASES + "where r.position < ?" + (namespace.isPresent() ? " and r.namespace = ?" : "")
                + " order by r.position desc limit ?";
        var parameters = new ArrayList<Object>();
        parameters.add(NumberCursor.parse(after, Long.MAX_VALUE));
        namespace.ifPresent(parameters::add);
        parameters.add(limit + 1);
        return page(tables.list(sql, ReleaseQueries::row, parameters), limit, row -> Long.toString(row.position()));
    }

    Optional<RevisionView.Deletion> deletion(ApplicationName application) {
        boolean gone = tables.one(
                        "select removed from views.applications where application = ?",
                        row -> row.getBoolean(1),
                        application.toString())
                .orElse(false);
        return gone
                ? deletions(List.of(application.toString())).stream()
                        .map(Deleted::deletion)
                        .findFirst()
                : Optional.empty();
    }

    Optional<Described> release(ApplicationName application, int revision) {
        var where = "where r.application = ? and r.revision = ?";
        var rows = tables.list(RELEASES + where, ReleaseQueries::row, application.toString(), revision);
        return shown(rows).stream()
                .findFirst()
                .flatMap(view -> tables.one(
                                "select r.spec from views.releases r " + where,
                                row -> row.getString(1),
                                application.toString(),
                                revision)
                        .map(spec -> new Described(view, spec)));
    }

    private Page<RevisionView> page(List<Row> rows, int limit, Function<Row, String> cursor) {
        boolean more = rows.size() > limit;
        var page = more ? rows.subList(0, limit) : rows;
        return new Page<>(shown(page), more ? Optional.of(cursor.apply(page.getLast())) : Optional.empty());
    }

    private List<RevisionView> shown(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var clusters = outcomes(rows);
        var deletions = deletions(rows.stream()
                        .map(row -> row.key().application())
                        .distinct()
                        .toList())
                .stream()
                .collect(Collectors.toMap(Deleted::key, Deleted::deletion));
        return rows.stream()
                .map(row -> new RevisionView(
                        row.key().application(),
                        row.key().revision(),
                        row.cause(),
                        row.actor(),
                        row.reason(),
                        row.created(),
                        row.images(),
                        row.origin(),
                        row.outcome(),
                        clusters.getOrDefault(row.key(), List.of()),
                        deletions.get(row.key())))
                .toList();
    }

    private Map<Key, List<RevisionView.OnCluster>> outcomes(List<Row> rows) {
        var found = tables.list(
                "select o.application, o.revision, o.cluster, o.outcome, o.message"
                        + " from unnest(?::text[], ?::int[]) as asked (application, revision) cross join lateral"
                        + " (select * from views.outcomes x where x.application = asked.application"
                        + " and x.revision = asked.revision offset 0) o"
                        + " order by o.application, o.revision, o.place",
                row -> new OnCluster(
                        new Key(row.getString(1), row.getInt(2)),
                        new RevisionView.OnCluster(row.getString(3), word(row.getString(4)), row.getString(5))),
                rows.stream().map(row -> row.key().application()).toList(),
                rows.stream().map(row -> row.key().revision()).toList());
        var byRelease = new HashMap<Key, List<RevisionView.OnCluster>>();
        found.forEach(outcome -> byRelease
                .computeIfAbsent(outcome.key(), key -> new ArrayList<>())
                .add(outcome.outcome()));
        return byRelease;
    }

    private List<Deleted> deletions(List<String> applications) {
        return tables.list(
                DELETIONS,
                row -> new Deleted(
                        new Key(row.getString(1), row.getInt(2)),
                        new RevisionView.Deletion(
                                row.getString(3),
                                row.getString(4),
                                row.getObject(5, OffsetDateTime.class).toInstant())),
                List.of(applications));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new Key(row.getString(1), row.getInt(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                JsonColumn.list(row.getString(7)),
                row.getString(8),
                word(row.getString(9)),
                row.getLong(10));
    }

    /** {@code IN_PROGRESS} is shown as {@code InProgress}. */
    private static String word(String constant) {
        var word = new StringBuilder();
        for (var part : constant.split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
