package dev.shiplog.views;

import static dev.shiplog.views.Sightings.AWAY;
import static dev.shiplog.views.Sightings.NO_IMAGE;
import static dev.shiplog.views.Sightings.pods;
import static dev.shiplog.views.Story.name;
import static dev.shiplog.views.Story.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.protocol.ReleaseSpecs;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.views.history.FeedEvent;
import dev.shiplog.views.history.Projector;
import dev.shiplog.views.history.UnreadableEvent;
import dev.shiplog.views.live.Arrivals;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.postgres.PostgresReadModel;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadModelTest {

    private static final String HELLO = "default/hello";

    private final Story story = new Story("busan", "eu-west", "seoul");
    private final Changes changes = new Changes();
    private final Arrivals arrivals = new Arrivals();
    private final ClusterSight sight = new ClusterSight(changes, InstantSource.fixed(Sightings.NOON));
    private DataSource database;
    private Projector projector;
    private ReadModel model;
    private int told;

    @BeforeEach
    void open() throws SQLException {
        database = Database.fresh();
        projector = Projector.open(database, changes, arrivals, sight);
        model = new PostgresReadModel(database, sight, arrivals, () -> story.fleet);
    }

    /** Projects what the story has told since. */
    private void read() {
        projector.project(story.feed.subList(told, story.feed.size()));
        told = story.feed.size();
    }

    private AppView hello() {
        return model.application(name(HELLO)).orElseThrow();
    }

    private AppView.OnCluster hello(String cluster) {
        return hello().clusters().stream()
                .filter(one -> one.name().equals(cluster))
                .findFirst()
                .orElseThrow();
    }

    private List<RevisionView> history() {
        return model.history(name(HELLO), "", 1000).items();
    }

    @Test
    void aReleaseIsShownWithWhatEachClusterIsToRun() {
        story.applies(HELLO, 3, "hello:1");
        read();

        assertThat(hello().phase()).isEqualTo(Phase.Progressing);
        assertThat(hello().revision()).isEqualTo(1);
        assertThat(hello().strategy()).isEqualTo("rolling");
        assertThat(hello().images()).as("nothing of it was written yet").isEmpty();
        assertThat(hello().replicas().desired()).isEqualTo(3 + 7 + 3);
        assertThat(hello("eu-west").replicas().desired()).isEqualTo(7);
        assertThat(hello("eu-west").labels()).isEqualTo(Map.of("region", "eu"));
        assertThat(hello("seoul").message()).isEqualTo("waiting for news from the cluster");
        assertThat(hello("seoul").seen()).isNull();
    }

    @Test
    void whatAClusterShowsIsShownBesideIt() {
        story.applies(HELLO, 3, "hello:1");
        read();

        sight.reached("seoul", "v1.34.1");
        sight.seen("seoul", pods(1, 3, 3, 2, 2));

        assertThat(hello("seoul").replicas()).isEqualTo(new AppView.Replicas(3, 3, 2, 2, 2));
        assertThat(hello("seoul").externalAddress()).isEqualTo("203.0.113.7");
        assertThat(hello("seoul").workloads())
                .extracting(AppView.Workload::name)
                .containsExactly("hello");
        assertThat(hello("seoul").seen()).isEqualTo(Sightings.NOON);
    }

    @Test
    void scalePauseAndResumeAreShown() {
        story.applies(HELLO, 3, "hello:1");
        story.ana(HELLO, new ApplicationCommand.Scale(on("seoul"), 5));
        story.ana(HELLO, new ApplicationCommand.Pause(on("seoul", "busan")));
        story.ana(HELLO, new ApplicationCommand.Resume(on("busan")));
        read();

        assertThat(hello("seoul").replicas().desired()).isEqualTo(5);
        assertThat(hello("busan").replicas().desired()).isEqualTo(3);
        assertThat(hello("seoul").paused()).isTrue();
        assertThat(hello("busan").paused()).isFalse();
        assertThat(hello().phase()).isEqualTo(Phase.Paused);
        assertThat(history()).hasSize(1);
    }

    @Test
    void aHindranceIsShownUntilItIsOver() {
        story.applies(HELLO, 3, "hello:1");
        story.rollout("seoul", HELLO, new RolloutEvent.Hindered(1, AWAY));
        read();
        assertThat(hello("seoul").message()).isEqualTo(AWAY.toString());
        assertThat(hello("seoul").troubles()).containsExactly(new AppView.TroubleView("Unreachable", AWAY.detail()));

        story.rollout("seoul", HELLO, new RolloutEvent.Applied(1));
        read();
        assertThat(hello("seoul").troubles()).isEmpty();
    }

    @Test
    void whatARolloutSaysOfAnEarlierGenerationIsNotShown() {
        story.applies(HELLO, 3, "hello:1");
        story.applies(HELLO, 3, "hello:2");
        story.rollout("seoul", HELLO, new RolloutEvent.Hindered(1, AWAY));
        read();

        assertThat(hello("seoul").troubles()).isEmpty();
    }

    @Test
    void theHistoryTellsWhoWhyWhatAndWithWhichOutcomeOnEachCluster() {
        story.applies(HELLO, 3, "hello:1");
        story.completes("seoul", HELLO);
        story.completes("busan", HELLO);
        story.completes("eu-west", HELLO);
        story.applies(HELLO, 3, "hello:9");
        story.completes("busan", HELLO);
        story.reports("seoul", HELLO, new ApplicationCommand.Result.Failed(NO_IMAGE));
        story.ana(HELLO, new ApplicationCommand.Undo(on(), new ApplicationCommand.Destination.Previous(), false));
        read();

        assertThat(history()).extracting(RevisionView::revision).containsExactly(1, 2, 3);
        assertThat(history()).extracting(RevisionView::outcome).containsExactly("Completed", "Failed", "InProgress");
        assertThat(history()).extracting(RevisionView::origin).containsExactly("apply", "apply", "undo to revision 1");
        var second = history().get(1);
        assertThat(second.actor()).isEqualTo("ana");
        assertThat(second.reason()).isEqualTo("because");
        assertThat(second.cause()).isEqualTo("use hello:9");
        assertThat(second.images()).containsExactly("hello:9");
        assertThat(second.clusters())
                .containsExactly(
                        new RevisionView.OnCluster("busan", "Completed", ""),
                        new RevisionView.OnCluster("eu-west", "Superseded", ""),
                        new RevisionView.OnCluster("seoul", "Failed", NO_IMAGE.toString()));
        assertThat(model.releases(Optional.of("default"), "", 10).items())
                .extracting(RevisionView::revision)
                .containsExactly(3, 2, 1);
        assertThat(model.releases(Optional.of("other"), "", 10).items()).isEmpty();
    }

    @Test
    void theHistoryIsNeverCutOff() {
        for (int i = 1; i <= 30; i++) {
            story.applies(HELLO, 3, "hello:" + i);
        }
        read();

        assertThat(history()).hasSize(30);
        var first = model.history(name(HELLO), "", 20);
        var rest = model.history(name(HELLO), first.next().orElseThrow(), 20);
        assertThat(rest.items())
                .extracting(RevisionView::revision)
                .startsWith(21)
                .hasSize(10);
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void aReleaseCanBeReadInFull() {
        story.applies(HELLO, 3, "hello:1");
        read();

        var described = model.release(name(HELLO), 1).orElseThrow();

        assertThat(ReleaseSpecs.fromJson(described.specJson())).isEqualTo(Story.spec("hello", 3, "hello:1"));
        assertThat(described.revision().revision()).isEqualTo(1);
        assertThat(model.release(name(HELLO), 2)).isEmpty();
    }

    @Test
    void whatIsDeletedIsGoneAndItsHistoryStays() {
        story.applies(HELLO, 3, "hello:1");
        story.ana(HELLO, new ApplicationCommand.Delete(on()));
        read();
        assertThat(hello().message()).isEqualTo("busan: is being deleted (and on 2 more clusters)");

        sight.vanished("seoul", name(HELLO));
        for (var cluster : List.of("busan", "eu-west", "seoul")) {
            story.reports(cluster, HELLO, new ApplicationCommand.Result.Removed());
        }
        read();

        assertThat(model.application(name(HELLO))).isEmpty();
        assertThat(model.applications(Filter.ALL, "", 10).items()).isEmpty();
        assertThat(history()).extracting(RevisionView::outcome).containsExactly("Removed");
        assertThat(model.unfinished()).isEmpty();
        var deletion = model.deletion(name(HELLO)).orElseThrow();
        assertThat(deletion.actor()).isEqualTo("ana");
        assertThat(deletion.reason()).isEqualTo("because");
        assertThat(history()).extracting(RevisionView::deleted).containsExactly(deletion);
        assertThat(model.releases(Optional.empty(), "", 10).items())
                .extracting(RevisionView::deleted)
                .containsExactly(deletion);
        assertThat(model.deletion(name("default/auth"))).isEmpty();

        story.applies(HELLO, 3, "hello:2");
        read();
        assertThat(hello().revision()).isEqualTo(2);
        assertThat(hello("seoul").message()).isEqualTo("waiting for news from the cluster");
        assertThat(model.deletion(name(HELLO))).isEmpty();
        assertThat(history()).extracting(RevisionView::deleted).containsExactly(deletion, null);
    }

    @Test
    void whatIsOwedIsKnownAfterAStart() {
        story.applies(HELLO, 3, "hello:1");
        story.applies("default/auth", 1, "auth:1");
        for (var cluster : List.of("busan", "eu-west", "seoul")) {
            story.completes(cluster, HELLO);
        }
        read();
        assertThat(model.unfinished()).containsExactly(name("default/auth"));

        story.applies(HELLO, 3, "hello:2");
        for (var cluster : List.of("busan", "eu-west")) {
            story.completes(cluster, HELLO);
        }
        story.rollout("seoul", HELLO, new RolloutEvent.Hindered(2, AWAY));
        story.reports(
                "seoul", HELLO, new ApplicationCommand.Result.Completed(Optional.empty(), Optional.empty(), true));
        read();
        assertThat(model.unfinished()).containsExactly(name("default/auth"), name(HELLO));

        story.rollout("seoul", HELLO, new RolloutEvent.Pruned(2, Set.of()));
        read();
        assertThat(model.unfinished()).containsExactly(name("default/auth"), name(HELLO));

        story.reports("seoul", HELLO, new ApplicationCommand.Result.Completed());
        read();
        assertThat(model.unfinished()).containsExactly(name("default/auth"));
    }

    @Test
    void formerPodsThatAreReleasedAreKeptNoLongerThoughTheyAreStillThere() {
        story.applies(HELLO, 3, "hello:1");
        for (var cluster : List.of("busan", "eu-west")) {
            story.completes(cluster, HELLO);
        }
        var until = Instant.parse("2026-03-01T12:00:00Z");
        story.reports(
                "seoul",
                HELLO,
                new ApplicationCommand.Result.Completed(Optional.of(Role.GREEN), Optional.of(until), false));
        read();
        assertThat(hello("seoul").keptUntil()).isEqualTo(until);

        story.rollout("seoul", HELLO, new RolloutEvent.Released(1));
        read();
        assertThat(hello("seoul").keptUntil()).isNull();
        assertThat(model.unfinished()).containsExactly(name(HELLO));

        story.reports("seoul", HELLO, new ApplicationCommand.Result.Completed());
        read();
        assertThat(model.unfinished()).isEmpty();
    }

    @Test
    void applicationsComeInPagesAndByWhatTheyAreFilteredBy() {
        for (var application : List.of("a/one", "a/two", "a-b/three", "b/four")) {
            story.applies(application, 1, "image:1");
        }
        story.ana(
                "b/five",
                new ApplicationCommand.Apply(
                        ReleaseSpecs.fromJson(ReleaseSpecs.toJson(Story.spec("five", 1, "image:1"))
                                .replaceFirst("\\{", "{\"clusters\":{\"names\":[\"seoul\"]},")),
                        "only in Seoul"));
        read();

        assertThat(names(Filter.ALL, 2)).containsExactly("three", "one", "two", "five", "four");
        assertThat(names(new Filter(Optional.of("a"), Optional.empty(), LabelSelector.ALL), 1))
                .containsExactly("one", "two");
        assertThat(names(new Filter(Optional.empty(), Optional.of("busan"), LabelSelector.ALL), 3))
                .containsExactly("three", "one", "two", "four");
        assertThat(names(new Filter(Optional.empty(), Optional.empty(), labels("app", "four")), 1))
                .containsExactly("four");
        assertThat(names(new Filter(Optional.empty(), Optional.empty(), labels("tier", "backend")), 2))
                .hasSize(5);
        assertThat(model.rollouts(Optional.of("b"), Optional.empty(), "", 3).items())
                .extracting(row -> row.application() + "@" + row.rollout().name())
                .containsExactly("b/five@seoul", "b/four@busan", "b/four@eu-west");
        var next =
                model.rollouts(Optional.of("b"), Optional.empty(), "", 3).next().orElseThrow();
        assertThat(model.rollouts(Optional.of("b"), Optional.empty(), next, 3).items())
                .extracting(row -> row.application() + "@" + row.rollout().name())
                .containsExactly("b/four@seoul");
    }

    private List<String> names(Filter filter, int limit) {
        var names = new java.util.ArrayList<String>();
        var after = Optional.of("");
        while (after.isPresent()) {
            var page = model.applications(filter, after.get(), limit);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(application -> names.add(application.name()));
            after = page.next();
        }
        return names;
    }

    private static LabelSelector labels(String key, String value) {
        return new LabelSelector(Map.of(key, value), List.of());
    }

    @Test
    void eventsAreListedForPeopleInTheirOrder() {
        var first = story.applies(HELLO, 3, "hello:1");
        story.rollout("seoul", HELLO, new RolloutEvent.Hindered(1, AWAY));
        story.ana(HELLO, new ApplicationCommand.Scale(on("seoul"), -1));
        story.applies("default/auth", 3, "auth:1");
        read();

        var events = model.events(name(HELLO), "", 10).items();
        assertThat(events).extracting(EventView::type).containsExactly("ReleaseCreated", "Hindered", "CommandRefused");
        assertThat(events)
                .extracting(EventView::summary)
                .containsExactly(
                        "revision 1 (use hello:1) goes to busan, eu-west, seoul",
                        "held up on seoul: " + AWAY,
                        "refused (negative-replicas): replicas must be 0 or more, not -1");
        assertThat(events.getFirst().commandId()).isEqualTo(first.id());
        assertThat(events.getFirst().actor()).isEqualTo("ana");

        var all = model.events("", 3);
        assertThat(all.items()).hasSize(3);
        var rest = model.events(all.next().orElseThrow(), 3);
        assertThat(rest.items()).extracting(EventView::stream).containsExactly("application/default/auth");
        assertThat(rest.next()).contains(model.end());
        assertThat(model.events(model.end(), 3)).isEqualTo(new Page<>(List.of(), Optional.of(model.end())));
    }

    @Test
    void anEventCountsOnceHoweverOftenItIsGiven() {
        story.applies(HELLO, 3, "hello:1");
        story.applies(HELLO, 3, "hello:2");
        projector.project(story.feed);
        projector.project(story.feed);
        projector.project(story.feed.subList(0, 1));

        assertThat(projector.lastOffset()).isEqualTo(story.feed.getLast().offset());
        assertThat(hello().revision()).isEqualTo(2);
        assertThat(model.events("", 10).items()).hasSize(story.feed.size());
    }

    @Test
    void anEventThatCannotBeReadIsAsFarAsItGoesAndIsNamed() {
        story.applies(HELLO, 3, "hello:1");
        var last = story.feed.getLast();
        var strange = new FeedEvent(last.offset() + 1, "application/default/ghost", 1, new byte[] {1, 2, 3});
        var batch = new ArrayList<>(story.feed);
        batch.add(strange);
        batch.add(new FeedEvent(last.offset() + 2, last.stream(), 99, last.bytes()));

        assertThatThrownBy(() -> projector.project(batch))
                .isInstanceOfSatisfying(
                        UnreadableEvent.class,
                        unreadable -> assertThat(unreadable.offset()).isEqualTo(strange.offset()))
                .hasMessageStartingWith(
                        "event 1 of application/default/ghost (offset " + strange.offset() + ") can't be read: ");
        assertThat(hello().revision()).isEqualTo(1);
        assertThat(projector.lastOffset()).isEqualTo(last.offset());
    }

    @Test
    void theReadModelOfAnotherVersionIsFoldedAnew() throws SQLException {
        story.applies(HELLO, 3, "hello:1");
        read();
        assertThat(Projector.open(database, changes, arrivals, sight).lastOffset())
                .isPositive();

        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("update views.progress set version = version - 1");
        }
        var anew = Projector.open(database, changes, arrivals, sight);

        assertThat(anew.lastOffset()).isZero();
        assertThat(model.application(name(HELLO))).isEmpty();
        anew.project(story.feed);
        assertThat(hello().revision()).isEqualTo(1);
    }

    @Test
    void whoAsksMayWaitUntilTheAnswerCanBeRead() throws Exception {
        var command = story.applies(HELLO, 3, "hello:1");
        assertThat(model.awaitCommand(name(HELLO), command, Duration.ZERO)).isFalse();

        var waiting =
                CompletableFuture.supplyAsync(() -> model.awaitCommand(name(HELLO), command, Duration.ofSeconds(20)));
        read();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(model.awaitCommand(name(HELLO), command, Duration.ZERO)).isTrue();
        assertThat(model.awaitCommand(name(HELLO), new CommandId("test", "never"), Duration.ZERO))
                .isFalse();
        assertThat(model.awaitCommand(name("default/auth"), command, Duration.ZERO))
                .as("the same id may be given to a command for another application")
                .isFalse();
    }

    @Test
    void clustersAreShownWithHowTheyAnswerAndWhatIsOnThem() {
        story.applies(HELLO, 3, "hello:1");
        read();
        sight.reached("seoul", "v1.34.1");
        sight.lost("busan", AWAY);

        assertThat(model.clusters())
                .extracting(cluster -> cluster.name() + " " + cluster.state() + " " + cluster.applications())
                .containsExactly("busan Unreachable 1", "eu-west Connecting 1", "seoul Reachable 1");
        assertThat(model.cluster("seoul").orElseThrow().version()).isEqualTo("v1.34.1");
        assertThat(model.cluster("busan").orElseThrow().message()).isEqualTo(AWAY.toString());
        assertThat(model.cluster("tokyo")).isEmpty();
    }
}
