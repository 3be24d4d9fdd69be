package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.views.ReadModelUnavailable;
import dev.shiplog.views.live.Arrivals;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Folds the journal into the read model. A batch and how far it reaches are one transaction, so that each event counts
 * exactly once, whatever is repeated: what is not beyond the stored position is passed over.
 *
 * <p>A batch of releases over very many clusters is taken in several transactions, to bound what is in memory.
 */
public final class Projector {

    /** A release on 500 clusters touches so many rows of placements, and as many of outcomes. */
    static final int ROWS_AT_ONCE = 20_000;

    private final DataSource database;
    private final Changes changes;
    private final Arrivals arrivals;
    private final ClusterSight sight;

    private Projector(DataSource database, Changes changes, Arrivals arrivals, ClusterSight sight) {
        this.database = database;
        this.changes = changes;
        this.arrivals = arrivals;
        this.sight = sight;
    }

    /** Brings the tables to this version; another version's are dropped, and the journal is to be read from its start. */
    public static Projector open(DataSource database, Changes changes, Arrivals arrivals, ClusterSight sight) {
        try (var connection = database.getConnection()) {
            Schema.bring(connection);
        } catch (SQLException e) {
            throw new ReadModelUnavailable(e);
        }
        return new Projector(database, changes, arrivals, sight);
    }

    /** The offset of the last event that is folded in; 0 before the first. */
    public long lastOffset() {
        try (var connection = database.getConnection()) {
            return position(connection, "");
        } catch (SQLException e) {
            throw new ReadModelUnavailable(e);
        }
    }

    /**
     * Folds the next events in, in the order of their offsets. One that can't be read is never passed over: those before
     * it are folded in, and that is as far as it goes.
     *
     * @throws ReadModelUnavailable if the database is away; the same batch may then be given again
     * @throws UnreadableEvent at the first event that can't be read
     */
    public void project(List<FeedEvent> batch) {
        var understood = new ArrayList<StreamEvent>(batch.size());
        Optional<UnreadableEvent> unreadable = Optional.empty();
        for (var event : batch) {
            try {
                understood.add(StreamEvent.of(event));
            } catch (IllegalArgumentException e) {
                unreadable = Optional.of(new UnreadableEvent(event, e));
                break;
            }
        }
        foldInParts(understood);
        if (unreadable.isPresent()) {
            throw unreadable.get();
        }
    }

    private void foldInParts(List<StreamEvent> understood) {
        for (int from = 0; from < understood.size(); ) {
            int to = from + 1;
            int rows = weight(understood.get(from));
            while (to < understood.size() && rows + weight(understood.get(to)) <= ROWS_AT_ONCE) {
                rows += weight(understood.get(to));
                to++;
            }
            foldIn(understood.subList(from, to));
            from = to;
        }
    }

    private static int weight(StreamEvent event) {
        return 1 + event.clusters().size();
    }

    private void foldIn(List<StreamEvent> events) {
        var fold = new Fold();
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long before = position(connection, " for update");
                var fresh = events.stream()
                        .filter(event -> event.position() > before)
                        .toList();
                if (!fresh.isEmpty()) {
                    Tables.load(connection, fold, names(fresh), places(fresh));
                    fresh.forEach(fold::fold);
                    Tables.store(connection, fold);
                    advance(connection, fresh.getLast().position());
                }
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new ReadModelUnavailable(e);
        }
        fold.gone().forEach(place -> sight.forget(place.cluster(), place.application()));
        arrivals.arrived(events.stream()
                .map(StreamEvent::row)
                .map(row -> new Arrivals.Arrival(row.application(), row.command()))
                .distinct()
                .toList());
        changes.changed(names(events));
        changes.grown();
    }

    private static Set<ApplicationName> names(List<StreamEvent> events) {
        var names = new LinkedHashSet<ApplicationName>();
        events.forEach(event -> names.add(event.row().application()));
        return names;
    }

    private static Set<Place> places(List<StreamEvent> events) {
        var places = new LinkedHashSet<Place>();
        for (var event : events) {
            event.clusters().forEach(cluster -> places.add(new Place(event.row().application(), cluster)));
        }
        return places;
    }

    private static long position(Connection connection, String lock) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select position from views.progress where version = " + Schema.VERSION + lock)) {
            if (!row.next()) {
                throw new IllegalStateException("the read model was rebuilt by a Shiplog of another version; this one"
                        + " (version " + Schema.VERSION + " of the tables) must be restarted or ended");
            }
            return row.getLong(1);
        }
    }

    private static void advance(Connection connection, long position) throws SQLException {
        try (var update = connection.prepareStatement("update views.progress set position = ?")) {
            update.setLong(1, position);
            update.executeUpdate();
        }
    }
}
