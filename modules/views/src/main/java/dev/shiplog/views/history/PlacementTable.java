package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.protocol.Layouts;
import dev.shiplog.protocol.Strategies;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Placements as rows. */
public final class PlacementTable {

    /** In the order in which {@link #read} wants them, of a table called {@code p}. */
    public static final String COLUMNS =
            "p.application, p.cluster, p.labels, p.revision, p.scale, p.images, p.scalable,"
                    + " p.scaled, p.fixed, p.strategy, p.workload, p.others, p.front, p.paused, p.removing, p.aborting,"
                    + " p.generation, p.since, p.standing, p.held_step, p.until, p.preview, p.failure_kind,"
                    + " p.failure_detail, p.written, p.hindrance_kind, p.hindrance_detail, p.warning, p.layout, p.step,"
                    + " p.mark_generation, p.mark_leg, p.holding, p.good, p.good_front, p.failed,"
                    + " p.leftovers";

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
            .column("strategy", "json", row -> Strategies.toJson(course(row).strategy()))
            .column("workload", "text", row -> course(row).workload())
            .column("others", "json", row -> JsonColumn.of(course(row).others()))
            .column("front", "json", row -> JsonColumn.of(course(row).front()))
            .column("paused", "boolean", row -> row.wanted().paused())
            .column("removing", "boolean", row -> row.wanted().removing())
            .column("aborting", "boolean", row -> row.wanted().aborting())
            .column("generation", "int", Placement::generation)
            .column("since", "timestamptz", Placement::since)
            .column("standing", "text", row -> word(row.carried().standing()))
            .column(
                    "held_step",
                    "int",
                    row -> held(row).map(Target.Standing.Held::step).orElse(null))
            .column("until", "timestamptz", row -> until(row).orElse(null))
            .column(
                    "preview",
                    "text",
                    row -> held(row)
                            .flatMap(Target.Standing.Held::preview)
                            .map(Role::word)
                            .orElse(null))
            .column("failure_kind", "text", row -> kind(failure(row)))
            .column("failure_detail", "text", row -> detail(failure(row)))
            .column("written", "boolean", row -> row.carried().written())
            .column("hindrance_kind", "text", row -> kind(row.carried().hindrance()))
            .column("hindrance_detail", "text", row -> detail(row.carried().hindrance()))
            .column("warning", "text", row -> row.carried().warning())
            .column("layout", "json", row -> Layouts.toJson(row.position().layout()))
            .column("step", "int", row -> row.position().step())
            .column("mark_generation", "int", row -> row.position().mark().generation())
            .column("mark_leg", "int", row -> row.position().mark().leg())
            .column("holding", "boolean", row -> row.position().holding())
            .column(
                    "good",
                    "int",
                    row -> row.good().map(Placement.Good::revision).orElse(null))
            .column(
                    "good_front",
                    "json",
                    row -> row.good().map(good -> JsonColumn.of(good.front())).orElse(null))
            .column("failed", "boolean", row -> row.wanted().failed())
            .column("leftovers", "boolean", PlacementTable::leftovers);

    private static final Map<String, Strategy> STRATEGIES = new ConcurrentHashMap<>();
    private static final Map<String, Layout> LAYOUTS = new ConcurrentHashMap<>();

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
        var course = new Placement.Course(
                JsonColumn.kept(STRATEGIES, row.getString(10), Strategies::fromJson),
                row.getString(11),
                JsonColumn.list(row.getString(12)),
                JsonColumn.front(row.getString(13)));
        var declared = new Placement.Declared(
                JsonColumn.list(row.getString(6)), row.getBoolean(7), row.getInt(8), row.getInt(9), course);
        var wanted = new Placement.Wanted(
                row.getInt(4),
                number(row, 5),
                declared,
                row.getBoolean(14),
                row.getBoolean(15),
                row.getBoolean(16),
                row.getBoolean(36));
        var carried = new Placement.Carried(
                standing(row), row.getBoolean(25), trouble(row.getString(26), row.getString(27)), row.getString(28));
        return new Placement(
                new Place(ApplicationName.parse(row.getString(1)), row.getString(2)),
                JsonColumn.map(row.getString(3)),
                wanted,
                row.getInt(17),
                row.getObject(18, OffsetDateTime.class).toInstant(),
                carried,
                new Placement.Position(
                        JsonColumn.kept(LAYOUTS, row.getString(29), Layouts::fromJson),
                        row.getInt(30),
                        new Mark(row.getInt(31), row.getInt(32)),
                        row.getBoolean(33)),
                good(row));
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

    private static Target.Standing standing(ResultSet row) throws SQLException {
        var until = Optional.ofNullable(row.getObject(21, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        return switch (row.getString(19)) {
            case "OWED" -> new Target.Standing.Owed();
            case "HELD" ->
                new Target.Standing.Held(
                        row.getInt(20),
                        until,
                        Optional.ofNullable(row.getString(22)).flatMap(Role::ofWord));
            case "COMPLETED" -> new Target.Standing.Completed(until, row.getBoolean(37));
            case "ABORTED" -> new Target.Standing.Aborted(row.getBoolean(37));
            case "FAILED" ->
                new Target.Standing.Failed(
                        trouble(row.getString(23), row.getString(24)).orElse(new Trouble(Trouble.Kind.UNKNOWN, "")));
            default -> throw new IllegalStateException("no standing: " + row.getString(19));
        };
    }

    private static Optional<Placement.Good> good(ResultSet row) throws SQLException {
        var front = row.getString(35);
        return front == null
                ? Optional.empty()
                : Optional.of(new Placement.Good(row.getInt(34), JsonColumn.front(front)));
    }

    private static Optional<Integer> number(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Integer.class));
    }

    private static Placement.Course course(Placement placement) {
        return placement.wanted().declared().course();
    }

    private static Optional<Target.Standing.Held> held(Placement placement) {
        return placement.carried().standing() instanceof Target.Standing.Held held
                ? Optional.of(held)
                : Optional.empty();
    }

    /** Of a rollout that is held, until when; of one that is done, how long the former pods stay. */
    private static Optional<Instant> until(Placement placement) {
        return switch (placement.carried().standing()) {
            case Target.Standing.Held held -> held.until();
            case Target.Standing.Completed completed -> completed.keptUntil();
            case Target.Standing.Owed ignored -> Optional.empty();
            case Target.Standing.Aborted ignored -> Optional.empty();
            case Target.Standing.Failed ignored -> Optional.empty();
        };
    }

    private static boolean leftovers(Placement placement) {
        return switch (placement.carried().standing()) {
            case Target.Standing.Completed completed -> completed.leftovers();
            case Target.Standing.Aborted aborted -> aborted.leftovers();
            case Target.Standing.Owed ignored -> false;
            case Target.Standing.Held ignored -> false;
            case Target.Standing.Failed ignored -> false;
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
