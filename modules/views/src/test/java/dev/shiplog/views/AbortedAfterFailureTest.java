package dev.shiplog.views;

import static dev.shiplog.views.Sightings.NO_IMAGE;
import static dev.shiplog.views.Story.name;
import static dev.shiplog.views.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.views.history.Projector;
import dev.shiplog.views.live.Arrivals;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.postgres.PostgresReadModel;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A final state is never left: what has failed has failed, also when it is aborted then. */
final class AbortedAfterFailureTest {

    private static final String HELLO = "default/hello";
    private static final Strategy CANARY = OnSeoul.STEPS;

    private final Story story = new Story("seoul");

    @Test
    void whatFailedAndWasAbortedIsToldAsBoth() throws SQLException {
        story.applies(HELLO, 3, "hello:1", CANARY);
        story.carries("seoul", HELLO, 10, Duration.ZERO);
        story.applies(HELLO, 3, "hello:2", CANARY);
        story.carries("seoul", HELLO, 1, Duration.ZERO);
        story.reports("seoul", HELLO, new ApplicationCommand.Result.Failed(NO_IMAGE));
        story.ana(HELLO, new ApplicationCommand.Abort(on()));
        story.carries("seoul", HELLO, 10, Duration.ZERO);

        assertThat(outcome()).isEqualTo("Failed");
        assertThat(hello().standing()).isEqualTo("Aborted");
        assertThat(hello().message()).isEqualTo("revision 2 failed and was aborted; revision 1 serves");
    }

    @Test
    void whatWasAbortedOnItsWayWasAborted() throws SQLException {
        story.applies(HELLO, 3, "hello:1", CANARY);
        story.carries("seoul", HELLO, 10, Duration.ZERO);
        story.applies(HELLO, 3, "hello:2", CANARY);
        story.carries("seoul", HELLO, 1, Duration.ZERO);
        story.ana(HELLO, new ApplicationCommand.Abort(on()));
        story.carries("seoul", HELLO, 10, Duration.ZERO);

        assertThat(outcome()).isEqualTo("Aborted");
        assertThat(hello().message()).isEqualTo("revision 2 was aborted; revision 1 serves");
    }

    private String outcome() throws SQLException {
        return model().history(name(HELLO), "", 10).items().stream()
                .filter(release -> release.revision() == 2)
                .findFirst()
                .orElseThrow()
                .outcome()
                .toString();
    }

    private AppView.OnCluster hello() throws SQLException {
        return model().application(name(HELLO)).orElseThrow().clusters().getFirst();
    }

    private ReadModel model() throws SQLException {
        var database = Database.fresh();
        var changes = new Changes();
        var arrivals = new Arrivals();
        var sight = new ClusterSight(changes, InstantSource.fixed(Sightings.NOON));
        Projector.open(database, changes, arrivals, sight).project(story.feed);
        return new PostgresReadModel(database, sight, arrivals, () -> story.fleet);
    }
}
