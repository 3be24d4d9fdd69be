package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.views.history.Rows.ApplicationRow;
import dev.shiplog.views.history.Rows.EventRow;
import dev.shiplog.views.history.Rows.OutcomeRow;
import dev.shiplog.views.history.Rows.ReleaseKey;
import dev.shiplog.views.history.Rows.ReleaseRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the fold reads and writes: a handful of statements for a batch, however many rows it touches. */
final class Tables {

    private static final Upsert<ApplicationRow> APPLICATIONS = new Upsert<ApplicationRow>("views.applications")
            .key("application", "text", ApplicationRow::application)
            .column("namespace", "text", row -> row.application().namespace())
            .column("revision", "int", ApplicationRow::revision)
            .column("strategy", "text", ApplicationRow::strategy)
            .column("images", "json", row -> JsonColumn.of(row.images()))
            .column("labels", "json", row -> JsonColumn.of(row.labels()))
            .column("updated", "timestamptz", ApplicationRow::updated)
            .column("removed", "boolean", ApplicationRow::removed);

    private static final Upsert<ReleaseRow> RELEASES = new Upsert<ReleaseRow>("views.releases")
            .key("application", "text", row -> row.key().application())
            .key("revision", "int", row -> row.key().revision())
            .column("position", "bigint", ReleaseRow::position)
            .column("namespace", "text", row -> row.key().application().namespace())
            .column("cause", "text", ReleaseRow::cause)
            .column("actor", "text", ReleaseRow::actor)
            .column("reason", "text", ReleaseRow::reason)
            .column("created", "timestamptz", ReleaseRow::created)
            .column("images", "json", row -> JsonColumn.of(row.images()))
            .column("origin", "text", ReleaseRow::origin)
            .column("outcome", "text", ReleaseRow::outcome)
            .column("spec", "text", ReleaseRow::specJson);

    private static final Upsert<OutcomeRow> OUTCOMES = new Upsert<OutcomeRow>("views.outcomes")
            .key("application", "text", row -> row.release().application())
            .key("revision", "int", row -> row.release().revision())
            .key("cluster", "text", OutcomeRow::cluster)
            .column("place", "int", OutcomeRow::index)
            .column("outcome", "text", OutcomeRow::outcome)
            .column("message", "text", OutcomeRow::message);

    private static final Upsert<EventRow> EVENTS = new Upsert<EventRow>("views.events")
            .key("position", "bigint", EventRow::position)
            .column("stream", "text", EventRow::stream)
            .column("sequence", "bigint", EventRow::sequence)
            .column("application", "text", EventRow::application)
            .column("at", "timestamptz", EventRow::at)
            .column("actor", "text", EventRow::actor)
            .column("reason", "text", EventRow::reason)
            .column("command_source", "text", row -> row.command().source())
            .column("command_id", "text", row -> row.command().id())
            .column("type", "text", EventRow::type)
            .column("summary", "text", EventRow::summary);

    private Tables() {}

    static void load(Connection connection, Fold fold, Collection<ApplicationName> names, Collection<Place> places)
            throws SQLException {
        fold.load(
                applications(connection, names), PlacementTable.at(connection, places), inProgress(connection, places));
    }

    static void store(Connection connection, Fold fold) throws SQLException {
        APPLICATIONS.write(connection, fold.applications());
        PlacementTable.write(connection, fold.placements());
        PlacementTable.delete(connection, fold.gone());
        RELEASES.write(connection, fold.releases());
        end(connection, fold.ended());
        OUTCOMES.write(connection, fold.outcomes());
        EVENTS.write(connection, fold.events());
    }

    private static List<ApplicationRow> applications(Connection connection, Collection<ApplicationName> names)
            throws SQLException {
        try (var query = connection.prepareStatement(
                "select application, revision, strategy, images, labels, updated, removed from views.applications"
                        + " where application = any(?)")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            names.stream().map(ApplicationName::toString).toArray()));
            var applications = new ArrayList<ApplicationRow>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    applications.add(new ApplicationRow(
                            ApplicationName.parse(row.getString(1)),
                            row.getInt(2),
                            row.getString(3),
                            JsonColumn.list(row.getString(4)),
                            JsonColumn.map(row.getString(5)),
                            row.getObject(6, OffsetDateTime.class).toInstant(),
                            row.getBoolean(7)));
                }
            }
            return applications;
        }
    }

    private static List<OutcomeRow> inProgress(Connection connection, Collection<Place> places) throws SQLException {
        try (var query = connection.prepareStatement("select o.application, o.revision, o.cluster, o.place, o.message"
                + " from unnest(?::text[], ?::text[]) as asked (application, cluster) cross join lateral"
                + " (select * from views.outcomes x where x.application = asked.application"
                + " and x.cluster = asked.cluster and x.outcome = 'IN_PROGRESS' offset 0) o")) {
            query.setArray(1, PlacementTable.applications(connection, places));
            query.setArray(2, PlacementTable.clusters(connection, places));
            var outcomes = new ArrayList<OutcomeRow>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    outcomes.add(new OutcomeRow(
                            new ReleaseKey(ApplicationName.parse(row.getString(1)), row.getInt(2)),
                            row.getString(3),
                            row.getInt(4),
                            ReleaseResult.IN_PROGRESS,
                            row.getString(5)));
                }
            }
            return outcomes;
        }
    }

    private static void end(Connection connection, Map<ReleaseKey, ReleaseResult> ended) throws SQLException {
        if (ended.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement("update views.releases r set outcome = ended.outcome"
                + " from unnest(?::text[], ?::int[], ?::text[]) as ended (application, revision, outcome)"
                + " where r.application = ended.application and r.revision = ended.revision"
                + " and r.outcome = 'IN_PROGRESS'")) {
            var keys = List.copyOf(ended.keySet());
            update.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            keys.stream()
                                    .map(key -> key.application().toString())
                                    .toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "int", keys.stream().map(ReleaseKey::revision).toArray()));
            update.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            keys.stream()
                                    .map(key -> String.valueOf(ended.get(key)))
                                    .toArray()));
            update.executeUpdate();
        }
    }
}
