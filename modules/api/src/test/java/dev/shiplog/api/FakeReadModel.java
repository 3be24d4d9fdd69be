package dev.shiplog.api;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import dev.shiplog.views.Described;
import dev.shiplog.views.Filter;
import dev.shiplog.views.Page;
import dev.shiplog.views.ReadModel;
import dev.shiplog.views.ReadModelUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A read model in memory; its pages are as real ones. */
final class FakeReadModel implements ReadModel {

    static final Instant THEN = Instant.parse("2026-01-01T09:00:00Z");

    final ConcurrentSkipListMap<String, AppView> applications = new ConcurrentSkipListMap<>();
    final List<RevisionView> revisions = new CopyOnWriteArrayList<>();
    final List<EventView> events = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<CommandId> awaited = new ConcurrentLinkedQueue<>();
    volatile boolean away;
    volatile Runnable atEachQuestion = () -> {};
    volatile Optional<Filter> asked = Optional.empty();

    static AppView app(String namespace, String name, Phase phase, String message) {
        var replicas = new AppView.Replicas(3, 3, 3, 3, 3);
        var onSeoul = new AppView.OnCluster(
                "seoul",
                Map.of(),
                phase,
                1,
                List.of("hello:1"),
                replicas,
                message,
                null,
                false,
                List.of(),
                List.of(),
                null,
                "rolling",
                "Completed",
                null,
                null,
                null,
                null,
                null,
                null);
        return new AppView(
                name, namespace, phase, 1, message, "rolling", List.of("hello:1"), replicas, THEN, List.of(onSeoul));
    }

    void put(AppView app) {
        applications.put(app.namespace() + "/" + app.name(), app);
    }

    void happened(String summary) {
        int number = events.size() + 1;
        events.add(new EventView(
                Integer.toString(number * 10),
                "application/default/hello",
                number,
                THEN,
                "ana",
                "",
                "c" + number,
                "ReleaseCreated",
                summary));
    }

    @Override
    public Page<AppView> applications(Filter filter, String after, int limit) {
        here();
        asked = Optional.of(filter);
        var rest = new ArrayList<>(applications.tailMap(after, false).values());
        var page = rest.subList(0, Math.min(limit, rest.size()));
        return new Page<>(
                page,
                rest.size() > limit
                        ? Optional.of(page.getLast().namespace() + "/"
                                + page.getLast().name())
                        : Optional.empty());
    }

    @Override
    public Optional<AppView> application(ApplicationName application) {
        here();
        return Optional.ofNullable(applications.get(application.toString()));
    }

    @Override
    public Page<RevisionView> history(ApplicationName application, String after, int limit) {
        here();
        return new Page<>(
                revisions.stream()
                        .filter(revision -> revision.application().equals(application.toString()))
                        .limit(limit)
                        .toList(),
                Optional.empty());
    }

    @Override
    public Optional<RevisionView.Deletion> deletion(ApplicationName application) {
        return applications.containsKey(application.toString())
                ? Optional.empty()
                : history(application, "", 1000).items().stream()
                        .flatMap(revision -> Optional.ofNullable(revision.deleted()).stream())
                        .reduce((earlier, later) -> later);
    }

    @Override
    public Optional<Described> release(ApplicationName application, int revision) {
        return history(application, "", 1000).items().stream()
                .filter(one -> one.revision() == revision)
                .map(one -> new Described(one, "{\"objects\":[]}"))
                .findFirst();
    }

    @Override
    public Page<RevisionView> releases(Optional<String> namespace, String after, int limit) {
        here();
        return new Page<>(revisions, Optional.empty());
    }

    @Override
    public Page<RolloutView> rollouts(Optional<String> namespace, Optional<String> cluster, String after, int limit) {
        here();
        if (after.equals("nonsense")) {
            throw new IllegalArgumentException("\"nonsense\" is not where a page of rollouts ended");
        }
        return new Page<>(
                applications.values().stream()
                        .map(app -> new RolloutView(
                                app.namespace() + "/" + app.name(),
                                app.clusters().getFirst()))
                        .toList(),
                Optional.empty());
    }

    @Override
    public List<ClusterView> clusters() {
        here();
        return List.of(new ClusterView("seoul", Map.of(), "Reachable", "v1.34.1", "", applications.size(), THEN));
    }

    @Override
    public Optional<ClusterView> cluster(String name) {
        return clusters().stream()
                .filter(cluster -> cluster.name().equals(name))
                .findFirst();
    }

    @Override
    public Page<EventView> events(String after, int limit) {
        here();
        long from = after.isEmpty() ? 0 : Long.parseLong(after);
        var page = events.stream()
                .filter(event -> Long.parseLong(event.offset()) > from)
                .limit(limit)
                .toList();
        return new Page<>(
                page,
                Optional.of(
                        page.isEmpty() ? Long.toString(from) : page.getLast().offset()));
    }

    @Override
    public Page<EventView> events(ApplicationName application, String after, int limit) {
        here();
        return new Page<>(
                events.stream()
                        .filter(event -> event.stream().equals("application/" + application))
                        .limit(limit)
                        .toList(),
                Optional.empty());
    }

    @Override
    public String end() {
        return events.isEmpty() ? "0" : events.getLast().offset();
    }

    @Override
    public List<ApplicationName> unfinished() {
        return List.of();
    }

    @Override
    public boolean awaitCommand(ApplicationName application, CommandId command, Duration atMost) {
        here();
        awaited.add(command);
        return true;
    }

    private void here() {
        atEachQuestion.run();
        if (away) {
            throw new ReadModelUnavailable(new IOException("connection refused"));
        }
    }
}
