package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.CourseStories.AT_ONCE;
import static dev.shiplog.domain.rollout.CourseStories.MANUAL;
import static dev.shiplog.domain.rollout.CourseStories.blue;
import static dev.shiplog.domain.rollout.CourseStories.kept;
import static dev.shiplog.domain.rollout.CourseStories.plain;
import static dev.shiplog.domain.rollout.CourseStories.spec;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.ReleaseSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Row 19 of the walkthrough: the colour that users have left is there for the way back, and then goes. */
class FormerColourTest {

    @Test
    void theFormerColourIsKeptUntilItsDelayIsOver() {
        new Run(kept())
                .passing(Duration.ofMinutes(1))
                .leaves("Deployment/hello-blue", "Deployment/hello-green", "Service/hello")
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    /** Row 19. */
    @Test
    void theWayBackIsImmediateWhileBlueIsKept() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assign(assignment(3, 3, spec(1, 3, AT_ONCE), Directions.STRAIGHT))
                .then("blue:new*3 green:good*3 >green (good)", "blue:new*3 green:good*3 >blue")
                .stands(Rollout.Stage.Completed.class)
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-blue", "Service/hello");
    }

    @Test
    void anAbortTakesGreenAway() {
        blue(3, MANUAL)
                .assign(2, 2, spec(2, 3, MANUAL))
                .assign(assignment(3, 2, spec(2, 3, MANUAL), Directions.NONE.abort()))
                .then("blue:good*3 green:other*3 >blue (good)")
                .stands(Rollout.Stage.Aborted.class)
                .leaves("Deployment/hello-blue", "Service/hello");
    }

    @Test
    void anAbortThatComesAfterTheEndChangesNothing() {
        blue(3, AT_ONCE)
                .assign(2, 2, spec(2, 3, AT_ONCE))
                .assign(assignment(3, 2, spec(2, 3, AT_ONCE), Directions.NONE.abort()))
                .stands(Rollout.Stage.Completed.class)
                .leaves("Deployment/hello-blue", "Deployment/hello-green", "Service/hello")
                .passing(Duration.ofMinutes(5))
                .leaves("Deployment/hello-green", "Service/hello");
    }

    @Test
    void whatKeepsTheFormerPodsFromBeingDeletedIsToldOnce() {
        var forbidden = new Trouble(Trouble.Kind.FORBIDDEN, "deployments.apps \"hello\" is forbidden");
        var clearing = plain(3).undeleted().assign(2, 2, spec(2, 3, AT_ONCE)).story();
        clearing.when(new RolloutCommand.MeetTrouble(2, forbidden)).then(new RolloutEvent.Hindered(2, forbidden));
        clearing.after(new RolloutCommand.MeetTrouble(2, forbidden))
                .when(new RolloutCommand.MeetTrouble(2, forbidden))
                .thenNothing();
    }

    /** Found by the simulation: an owner that is behind is told by the fence, and has to write something to learn it. */
    @Test
    void anotherTroubleWithWhatIsLeftBehindIsNews() {
        var unreachable = new Trouble(Trouble.Kind.UNREACHABLE, "no answer");
        var outrun = new Trouble(Trouble.Kind.OUTRUN, "is at generation 3");
        var done =
                blue(3, AT_ONCE).undeleted().assign(2, 2, spec(2, 3, AT_ONCE)).passing(Duration.ofHours(1));
        done.story()
                .after(new RolloutCommand.MeetTrouble(2, unreachable))
                .when(new RolloutCommand.MeetTrouble(2, outrun))
                .then(new RolloutEvent.Hindered(2, outrun));
    }

    /** Found by the simulation: an owner that doesn't know the latest events waited for ever for what was long past. */
    @Test
    void anOwnerThatSeesALaterLegThanItsOwnTriesToWriteAndSoLearnsThatItIsBehind() {
        var behind = plain(3).story()
                .after(new RolloutCommand.Assign(assignment(2, spec(2, 3, AT_ONCE))))
                .after(new RolloutCommand.ConfirmApplied(2, 0));
        var later = new Observation(
                behind.state().assignment().orElseThrow().application(),
                "gke-seoul",
                behind.now(),
                List.of(
                        RolloutStories.marked(RolloutStories.healthy(1), 2, 3),
                        RolloutStories.marked(RolloutStories.named("hello-blue", RolloutStories.healthy(1)), 2, 3)),
                List.of(),
                Optional.empty(),
                List.of());
        behind.when(new RolloutCommand.Observe(later))
                .then(new RolloutEvent.Assigned(
                        behind.state().assignment().orElseThrow(),
                        behind.state().layout(),
                        0));
    }

    /** Found by the simulation: it asked for ever that something be deleted which belongs to a later leg by now. */
    @Test
    void anOwnerThatMayNotDeleteWhatIsOfALaterLegTriesToWriteAndSoLearnsThatItIsBehind() {
        var behind = plain(3).undeleted().assign(2, 2, spec(2, 3, AT_ONCE)).story();
        behind.when(new RolloutCommand.MeetTrouble(2, new Trouble(Trouble.Kind.LATE, "a step further")))
                .then(new RolloutEvent.Assigned(
                        behind.state().assignment().orElseThrow(),
                        behind.state().layout(),
                        0));
    }

    /** Its pods may be restarted while it is kept, and users may come back to it. */
    @Test
    void theFormerColourKeepsItsConfiguration() {
        blue(3, AT_ONCE)
                .assign(2, 2, configured(2, "quiet"))
                .assign(3, 3, configured(3, "loud"))
                .leaves("ConfigMap", "ConfigMap", "Deployment/hello-blue", "Deployment/hello-green", "Service/hello")
                .passing(Duration.ofMinutes(6))
                .leaves("ConfigMap", "Deployment/hello-blue", "Service/hello");
    }

    private static ReleaseSpec configured(int version, String mode) {
        var image = "hello:" + version + ".0.0";
        return Samples.withStrategy(
                Samples.spec(
                        Samples.deployment("hello", image, 3),
                        Samples.service("hello"),
                        Samples.configMap("conf", "mode", mode)),
                AT_ONCE);
    }

    /** Whoever carries it out is to come back when its time is over. */
    @Test
    void theEndOfTheDelayIsAwaited() {
        var kept = kept();
        var until = kept.state().kept().orElseThrow().until();
        assertThat(kept.outstanding()).contains(new RolloutTask.Await(until));
    }
}
