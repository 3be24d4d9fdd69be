package dev.shiplog.views.postgres;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import dev.shiplog.views.Described;
import dev.shiplog.views.Filter;
import dev.shiplog.views.Page;
import dev.shiplog.views.ReadModel;
import dev.shiplog.views.live.Arrivals;
import dev.shiplog.views.live.ClusterSight;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The tables that a {@link dev.shiplog.views.history.Projector} fills, and the sightings of now. */
public final class PostgresReadModel implements ReadModel {

    private final DataSource database;
    private final ClusterSight live;
    private final Arrivals arrivals;
    private final Supplier<Fleet> fleet;

    public PostgresReadModel(DataSource database, ClusterSight live, Arrivals arrivals, Supplier<Fleet> fleet) {
        this.database = database;
        this.live = live;
        this.arrivals = arrivals;
        this.fleet = fleet;
    }

    @Override
    public Page<AppView> applications(Filter filter, String after, int limit) {
        return applications(questions -> questions.applications(filter, after, limit));
    }

    @Override
    public Optional<AppView> application(ApplicationName application) {
        return applications(questions -> questions.application(application));
    }

    @Override
    public Page<RolloutView> rollouts(Optional<String> namespace, Optional<String> cluster, String after, int limit) {
        return applications(questions -> questions.rollouts(namespace, cluster, after, limit));
    }

    @Override
    public List<ApplicationName> unfinished() {
        return applications(ApplicationQueries::unfinished);
    }

    @Override
    public Page<RevisionView> history(ApplicationName application, String after, int limit) {
        return releases(questions -> questions.history(application, after, limit));
    }

    @Override
    public Optional<RevisionView.Deletion> deletion(ApplicationName application) {
        return releases(questions -> questions.deletion(application));
    }

    @Override
    public Page<RevisionView> releases(Optional<String> namespace, String after, int limit) {
        return releases(questions -> questions.releases(namespace, after, limit));
    }

    @Override
    public Optional<Described> release(ApplicationName application, int revision) {
        return releases(questions -> questions.release(application, revision));
    }

    @Override
    public List<ClusterView> clusters() {
        return clusters(ClusterQueries::clusters);
    }

    @Override
    public Optional<ClusterView> cluster(String name) {
        return clusters(questions -> questions.cluster(name));
    }

    @Override
    public Page<EventView> events(String after, int limit) {
        return events(questions -> questions.events(after, limit));
    }

    @Override
    public Page<EventView> events(ApplicationName application, String after, int limit) {
        return events(questions -> questions.events(application, after, limit));
    }

    @Override
    public String end() {
        return events(EventQueries::end);
    }

    @Override
    public boolean awaitCommand(ApplicationName application, CommandId command, Duration atMost) {
        var arrival = new Arrivals.Arrival(application, command);
        return arrivals.await(arrival, atMost, () -> events(questions -> questions.has(application, command)));
    }

    private <T> T applications(Function<ApplicationQueries, T> question) {
        return Snapshot.of(database, tables -> question.apply(new ApplicationQueries(tables, live)));
    }

    private <T> T releases(Function<ReleaseQueries, T> question) {
        return Snapshot.of(database, tables -> question.apply(new ReleaseQueries(tables)));
    }

    private <T> T clusters(Function<ClusterQueries, T> question) {
        return Snapshot.of(database, tables -> question.apply(new ClusterQueries(tables, live, fleet.get())));
    }

    private <T> T events(Function<EventQueries, T> question) {
        return Snapshot.of(database, tables -> question.apply(new EventQueries(tables)));
    }
}
