package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.pause;
import static dev.shiplog.domain.application.ApplicationStories.restart;
import static dev.shiplog.domain.application.ApplicationStories.resume;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static dev.shiplog.domain.application.ApplicationStories.undo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.fleet.ClusterSelection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A command takes effect at most once, and is told the same each time it arrives. */
class RepeatedCommandsTest {

    private static final CommandId ID = new CommandId("ci", "build-4711");

    static List<ApplicationCommand> commands() {
        return List.of(
                apply(hello("hello:2.0.0")),
                scale(5),
                scale(-1),
                setImage("hello", "hello:2.0.0"),
                setImage("nginx", "nginx:1"),
                pause(),
                resume(),
                restart(),
                undo(),
                ApplicationStories.undoTo(9),
                ApplicationStories.delete());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasOneEffectAndTheSameOutcomeHoweverOftenItArrives(ApplicationCommand command) {
        var once = completedEverywhere(running().after(restart()))
                .when(ID, command)
                .goOn();
        var outcome = once.state().outcomes().get(ID);
        assertThat(outcome).isNotNull();
        var again = once.when(ID, command).thenNothing();
        assertThat(again.state().outcomes()).containsEntry(ID, outcome);
    }

    @Test
    void aRefusalStandsEvenIfTheCommandWouldBeRightByNow() {
        var refused = application().when(ID, scale(5)).goOn();
        var later = refused.after(apply(hello("hello:1.0.0")));
        later.when(ID, scale(5)).thenNothing();
        assertThat(later.state().outcomes().get(ID)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aLateRedeliveryMovesNothing() {
        var first = application().when(ID, apply(hello("hello:1.0.0"))).goOn();
        var newer = completedEverywhere(first.after(apply(hello("hello:2.0.0"))));
        newer.when(ID, apply(hello("hello:1.0.0"))).thenNothing();
    }

    @Test
    void theSameIdFromAnotherSourceIsAnotherCommand() {
        var once = running().when(ID, scale(5)).goOn();
        var twice = once.when(new CommandId("cli", "build-4711"), scale(6)).goOn();
        assertThat(ApplicationStories.replicas(twice.state(), "gke-seoul")).isEqualTo(6);
    }

    @Test
    void saysWhichRevisionItMade() {
        var story = running().when(ID, setImage("hello", "hello:2.0.0")).goOn();
        assertThat(story.state().outcomes().get(ID))
                .isEqualTo(new Outcome.Accepted(
                        2,
                        "revision 2 goes to eks-virginia, gke-seoul, onprem-busan",
                        List.of(new Outcome.Made(2, List.of("eks-virginia", "gke-seoul", "onprem-busan")))));
    }

    @Test
    void saysEveryRevisionItMade() {
        var story = running()
                .after(setImage(ClusterSelection.named("gke-seoul"), "hello", "hello:1.5.0"), pause(), resume())
                .when(ID, restart())
                .goOn();
        assertThat(story.state().outcomes().get(ID))
                .isEqualTo(new Outcome.Accepted(
                        3,
                        "revision 3 goes to eks-virginia, onprem-busan; revision 4 goes to gke-seoul",
                        List.of(
                                new Outcome.Made(3, List.of("eks-virginia", "onprem-busan")),
                                new Outcome.Made(4, List.of("gke-seoul")))));
    }

    @Test
    void namesTheRevisionThatCameOfASwitchWhichIsAPromotionElsewhere() {
        var made = List.of(new Outcome.Made(3, List.of("gke-seoul")));
        var both = Application.NONE
                .remembering(ID, new Outcome.Accepted(0, "promoted on eks-virginia"), false)
                .remembering(ID, new Outcome.Accepted(3, "revision 3 goes to gke-seoul", made), true);
        assertThat(both.outcomes().get(ID))
                .isEqualTo(new Outcome.Accepted(3, "promoted on eks-virginia; revision 3 goes to gke-seoul", made));
    }

    @Test
    void whatShiplogTellsItselfPushesNoCommandOutOfMemory() {
        var story = running();
        assertThat(story.state().outcomes()).hasSize(1);
    }

    @Test
    void remembersTheLatestCommandsAndNoMore() {
        var story = running();
        for (int i = 0; i < 3 * Application.REMEMBERED_COMMANDS; i++) {
            story = story.when(new CommandId("ci", "" + i), scale(i + 10)).goOn();
            var outcomes = story.state().outcomes();
            int eldest = Math.max(0, i + 1 - Application.REMEMBERED_COMMANDS);
            assertThat(outcomes)
                    .containsKeys(new CommandId("ci", "" + i), new CommandId("ci", "" + eldest))
                    .hasSizeLessThanOrEqualTo(Application.REMEMBERED_COMMANDS + 16)
                    .hasSize(outcomes.entrySet().size());
        }
        assertThat(story.state().outcomes().keySet())
                .endsWith(new CommandId("ci", "" + (3 * Application.REMEMBERED_COMMANDS - 1)))
                .doesNotContain(ID);
    }
}
