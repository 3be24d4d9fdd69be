package dev.shiplog.views;

import static dev.shiplog.views.Story.name;
import static dev.shiplog.views.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.views.history.PlacementTable;
import dev.shiplog.views.history.Projector;
import dev.shiplog.views.live.Arrivals;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.postgres.PostgresReadModel;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The read model folds events into tables, the application folds them into its state: after any history, cut into any
 * batches, both say the same. A failure is replayed with its seed.
 */
final class AgreementTest {

    private static final List<String> CLUSTERS = List.of("busan", "eu-west", "seoul");
    private static final List<String> APPLICATIONS = List.of("default/auth", "default/hello");
    private static final int COMMANDS = 240;
    private static final List<Strategy> STRATEGIES = List.of(
            Strategy.AS_WRITTEN,
            new Strategy.Canary(
                    List.of(
                            new Strategy.CanaryStep.SetWeight(25),
                            new Strategy.CanaryStep.Pause(Optional.of(Duration.ofMinutes(5))),
                            new Strategy.CanaryStep.SetWeight(50),
                            new Strategy.CanaryStep.Pause(Optional.empty())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Duration.ofMinutes(1)),
                    Optional.of(0)),
            new Strategy.BlueGreen(
                    Optional.empty(),
                    Optional.empty(),
                    new Strategy.AutoPromotion.Manual(),
                    Optional.of(1),
                    Strategy.CapacityCheck.OFF,
                    Optional.of(Duration.ofMinutes(1)),
                    Optional.empty()));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theReadModelSaysWhatTheApplicationsState(long seed) throws SQLException {
        var random = new Random(seed);
        var story = new Story(CLUSTERS.toArray(String[]::new));
        for (int i = 0; i < COMMANDS; i++) {
            happens(story, random);
        }
        var database = Database.fresh();
        var changes = new Changes();
        var arrivals = new Arrivals();
        var sight = new ClusterSight(changes, InstantSource.system());
        var projector = Projector.open(database, changes, arrivals, sight);
        for (int from = 0; from < story.feed.size(); ) {
            int to = Math.min(story.feed.size(), from + 1 + random.nextInt(40));
            projector.project(story.feed.subList(from, to));
            from = to;
        }

        var model = new PostgresReadModel(database, sight, arrivals, () -> story.fleet);

        for (var application : APPLICATIONS) {
            var state = story.application(application);
            assertThat(model.application(name(application)).isPresent()).isEqualTo(state.exists());
            assertThat(shown(model, application)).isEqualTo(shown(state));
            assertThat(placed(database, application)).isEqualTo(placed(story, application));
            assertThat(outcomes(model, application)).isEqualTo(outcomes(state));
            assertThat(model.unfinished().contains(name(application)))
                    .isEqualTo(state.targets().values().stream().anyMatch(Target::isOwed));
        }
    }

    private static void happens(Story story, Random random) {
        var application = APPLICATIONS.get(random.nextInt(APPLICATIONS.size()));
        var cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        var some = random.nextBoolean() ? on() : on(cluster);
        switch (random.nextInt(22)) {
            case 0, 1 ->
                story.applies(
                        application,
                        1 + random.nextInt(4),
                        "image:" + random.nextInt(4),
                        STRATEGIES.get(random.nextInt(STRATEGIES.size())));
            case 2 -> story.ana(application, new ApplicationCommand.Scale(some, random.nextInt(6)));
            case 3 -> story.ana(application, new ApplicationCommand.Pause(some));
            case 4 -> story.ana(application, new ApplicationCommand.Resume(some));
            case 5 -> undo(story, application, some);
            case 6 -> story.ana(application, new ApplicationCommand.Restart(some));
            case 7 -> {
                if (random.nextInt(3) == 0) {
                    story.ana(application, new ApplicationCommand.Delete(some));
                }
            }
            case 8 -> story.reports(cluster, application, new ApplicationCommand.Result.Failed(Sightings.NO_IMAGE));
            case 9 -> story.ana(application, new ApplicationCommand.Promote(some, random.nextBoolean()));
            case 10 -> story.ana(application, new ApplicationCommand.Abort(some));
            case 11 -> story.ana(application, new ApplicationCommand.Retry(some));
            case 12 ->
                story.ana(
                        application,
                        new ApplicationCommand.Switch(some, random.nextBoolean() ? Role.BLUE : Role.GREEN));
            case 13, 14, 15, 16, 17, 18, 19 ->
                story.carries(
                        cluster,
                        application,
                        1 + random.nextInt(20),
                        random.nextBoolean() ? Duration.ZERO : Duration.ofHours(1));
            default -> {
                var target = story.application(application).targets().get(cluster);
                story.reports(
                        cluster,
                        application,
                        target != null && target.removing()
                                ? new ApplicationCommand.Result.Removed()
                                : new ApplicationCommand.Result.Completed());
            }
        }
    }

    private static void undo(Story story, String application, ClusterSelection clusters) {
        story.ana(
                application,
                new ApplicationCommand.Undo(clusters, new ApplicationCommand.Destination.Previous(), false));
    }

    private static List<String> shown(ReadModel model, String application) {
        return model.application(name(application)).map(AppView::clusters).orElse(List.of()).stream()
                .map(cluster -> cluster.name() + " " + cluster.revision() + " " + cluster.paused())
                .toList();
    }

    private static List<String> shown(Application state) {
        return state.targets().values().stream()
                .map(target -> target.cluster().name() + " " + target.revision() + " " + target.paused())
                .toList();
    }

    private static List<String> placed(DataSource database, String application) throws SQLException {
        var placed = new ArrayList<String>();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("select " + PlacementTable.COLUMNS
                        + " from views.placements p where p.application = ? order by p.cluster")) {
            query.setString(1, application);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var placement = PlacementTable.read(row);
                    placed.add(words(
                            placement.generation(),
                            placement.carried().standing(),
                            placement.wanted().aborting(),
                            placement.good().map(dev.shiplog.views.history.Placement.Good::revision),
                            placement.position().layout(),
                            placement.position().step()));
                }
            }
        }
        return placed;
    }

    private static List<String> placed(Story story, String application) {
        return story.application(application).targets().values().stream()
                .map(target -> {
                    var rollout = story.rollout(target.cluster().name(), application);
                    // What it has not begun, the clusters' rollout knows nothing of.
                    boolean goesOn = rollout.revision() == target.revision();
                    return words(
                            target.generation(),
                            target.standing(),
                            target.directions().aborting(),
                            target.serving().revision(),
                            goesOn ? rollout.layout() : rollout.layout().superseded(),
                            goesOn ? rollout.position().step() : 0);
                })
                .toList();
    }

    private static String words(
            int generation,
            Target.Standing standing,
            boolean aborting,
            Optional<Integer> good,
            Layout layout,
            int step) {
        return generation + " " + standing + " aborting " + aborting + " good " + good + " " + layout + " step " + step;
    }

    private static List<String> outcomes(ReadModel model, String application) {
        return model.history(name(application), "", 1000).items().stream()
                .map(revision -> revision.revision() + " " + revision.outcome() + " "
                        + revision.clusters().stream()
                                .collect(Collectors.toMap(
                                        RevisionView.OnCluster::name,
                                        RevisionView.OnCluster::outcome,
                                        (one, other) -> one,
                                        TreeMap::new)))
                .toList();
    }

    private static List<String> outcomes(Application state) {
        return state.progress().entrySet().stream()
                .map(entry -> entry.getKey() + " " + word(entry.getValue().result()) + " "
                        + entry.getValue().clusters().entrySet().stream()
                                .collect(Collectors.toMap(
                                        on -> on.getKey(),
                                        on -> word(on.getValue()),
                                        (one, other) -> one,
                                        TreeMap::new)))
                .toList();
    }

    private static String word(ReleaseResult result) {
        var text = result == ReleaseResult.IN_PROGRESS ? "InProgress" : result.name();
        return text.charAt(0)
                + (text.equals("InProgress") ? "nProgress" : text.substring(1).toLowerCase(Locale.ROOT));
    }
}
