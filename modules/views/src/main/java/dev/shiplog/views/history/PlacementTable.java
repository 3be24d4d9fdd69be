package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Placements as rows. */
public final class PlacementTable {

    /** In the order in which {@link #read} wants them, of a table called {@code p}. */
    public static final String COLUMNS =
            "p.application, p.cluster, p.labels, p.revision, p.scale, p.images, p.scalable,"
                    + " p.scaled, p.fixed, p.paused, p.removing, p.generation, p.since, p.standing, p.failure_kind,"
                    + " p.failure_detail, p.written, p.hindrance_kind, p.hindrance_detail";

    private static final Upsert<Placement> UPSERT = new Upsert<Placement>("views.placements")
            .key("application", "text", row -> row.place().application())
            .key("cluster", "text", row -> row.place().cluster())
            .column("labels", "json", row -> JsonColumn.of(row.labels()))
            .column("revision", "int", row -> row.wanted().revision())
            .column("scale", "int", row -> row.wanted().scale().orElse(null))
            .column(
                    "images",
                    "json",
                    row -> JsonColumn.of(row.wanted().declared().images()))
            .column("scalable", "boolean", row -> row.wanted().declared().scalable())
            .column("scaled", "int", row -> row.wanted().declared().scaled())
            .column("fixed", "int", row -> row.wanted().declared().fixed())
            .column("paused", "boolean", row -> row.wanted().paused())
            .column("removing", "boolean", row -> row.wanted().removing())
            .column("generation", "int", Placement::generation)
            .column("since", "timestamptz", Placement::since)
            .column("standing", "text", row -> word(row.carried().standing()))
            .column("failure_kind", "text", row -> kind(failure(row)))
            .column("failure_detail", "text", row -> detail(failure(row)))
            .column("written", "boolean", row -> row.carried().written())
            .column("hindrance_kind", "text", row -> kind(row.carried().hindrance()))
            .column("hindrance_detail", "text", row -> detail(row.carried().hindrance()));

    private PlacementTable() {}

    static List<Placement> at(Connection connection, Collection<Place> places) throws SQLException {
        // The fence keeps the planner at one look into the index for each place, whatever it believes of the table.
        try (var query = connection.prepareStatement("select " + COLUMNS
                + " from unnest(?::text[], ?::text[]) as asked (application, cluster) cross join lateral"
                + " (select * from views.placements x where x.application = asked.application"
                + " and x.cluster = asked.cluster offset 0) p")) {
            query.setArray(1, applications(connection, places));
            query.setArray(2, clusters(connection, places));
            var placements = new ArrayList<Placement>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    placements.add(read(rows));
                }
            }
            return placements;
        }
    }

    static void write(Connection connection, Collection<Placement> placements) throws SQLException {
        UPSERT.write(connection, placements);
    }

    static void delete(Connection connection, Collection<Place> places) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement("delete from views.placements p"
                + " using unnest(?::text[], ?::text[]) as gone (application, cluster)"
                + " where p.application = gone.application and p.cluster = gone.cluster")) {
            delete.setArray(1, applications(connection, places));
            delete.setArray(2, clusters(connection, places));
            delete.executeUpdate();
        }
    }

    /** The placement of a row that begins with {@link #COLUMNS}. */
    public static Placement read(ResultSet row) throws SQLException {
        var declared = new Placement.Declared(
                JsonColumn.list(row.getString(6)), row.getBoolean(7), row.getInt(8), row.getInt(9));
        var wanted = new Placement.Wanted(
                row.getInt(4),
                Optional.ofNullable(row.getObject(5, Integer.class)),
                declared,
                row.getBoolean(10),
                row.getBoolean(11));
        var carried = new Placement.Carried(
                standing(row.getString(14), trouble(row.getString(15), row.getString(16))),
                row.getBoolean(17),
                trouble(row.getString(18), row.getString(19)));
        return new Placement(
                new Place(ApplicationName.parse(row.getString(1)), row.getString(2)),
                JsonColumn.map(row.getString(3)),
                wanted,
                row.getInt(12),
                row.getObject(13, OffsetDateTime.class).toInstant(),
                carried);
    }

    static java.sql.Array applications(Connection connection, Collection<Place> places) throws SQLException {
        return connection.createArrayOf(
                "text",
                places.stream().map(place -> place.application().toString()).toArray());
    }

    static java.sql.Array clusters(Connection connection, Collection<Place> places) throws SQLException {
        return connection.createArrayOf(
                "text", places.stream().map(Place::cluster).toArray());
    }

    private static String word(Target.Standing standing) {
        return switch (standing) {
            case Target.Standing.Owed ignored -> "OWED";
            case Target.Standing.Held ignored -> "HELD";
            case Target.Standing.Completed ignored -> "COMPLETED";
            case Target.Standing.Aborted ignored -> "ABORTED";
            case Target.Standing.Failed ignored -> "FAILED";
        };
    }

    private static Target.Standing standing(String word, Optional<Trouble> failure) {
        return switch (word) {
            case "OWED" -> new Target.Standing.Owed();
            case "HELD" -> new Target.Standing.Held(0, Optional.empty(), Optional.empty());
            case "COMPLETED" -> new Target.Standing.Completed(Optional.empty());
            case "ABORTED" -> new Target.Standing.Aborted();
            case "FAILED" -> new Target.Standing.Failed(failure.orElse(new Trouble(Trouble.Kind.UNKNOWN, "")));
            default -> throw new IllegalStateException("no standing: " + word);
        };
    }

    private static Optional<Trouble> failure(Placement placement) {
        return placement.carried().standing() instanceof Target.Standing.Failed failed
                ? Optional.of(failed.trouble())
                : Optional.empty();
    }

    private static Optional<Trouble> trouble(@Nullable String kind, @Nullable String detail) {
        return kind == null
                ? Optional.empty()
                : Optional.of(new Trouble(Trouble.Kind.valueOf(kind), detail == null ? "" : detail));
    }

    private static @Nullable String kind(Optional<Trouble> trouble) {
        return trouble.map(Trouble::kind).map(Enum::name).orElse(null);
    }

    private static @Nullable String detail(Optional<Trouble> trouble) {
        return trouble.map(Trouble::detail).orElse(null);
    }
}
