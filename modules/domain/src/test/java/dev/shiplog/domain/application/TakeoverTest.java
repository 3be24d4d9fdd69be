package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.BLUE_GREEN;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.images;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand.Abort;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.Switch;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.rollout.Assignment;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody has pointed the Services at another colour: what is asked with --force-conflicts settles it. */
class TakeoverTest {

    private static final Trouble CONFLICT = new Trouble(Trouble.Kind.CONFLICT, "service \"hello\" selects green now");

    @Test
    void whatServesIsPutBackWithoutANewRevision() {
        var back = onBlue().when(switchTo(Role.BLUE, true)).accepted();

        assertThat(assignment(back).forceConflicts()).isTrue();
        assertThat(assignment(back).revision()).isEqualTo(3);
        assertThat(images(back.state(), "gke-seoul")).containsExactly("hello:3.0.0");
        assertThat(back.state().outcomes().values())
                .contains(new dev.shiplog.domain.Outcome.Accepted(
                        0, "takes over what others have set on eks-virginia, gke-seoul, onprem-busan"));
    }

    @Test
    void withoutItUsersAlreadyComeToTheColour() {
        onBlue().when(switchTo(Role.BLUE, false))
                .then(new ApplicationEvent.NothingChanged(
                        0,
                        "blue is what users are to come to already; where somebody else has"
                                + " changed a Service, --force-conflicts sets it back"));
    }

    @Test
    void whatTheClusterHasBecomesWhatIsMeant() {
        var kept = onBlue().when(switchTo(Role.GREEN, true)).accepted();

        assertThat(assignment(kept).forceConflicts()).isTrue();
        assertThat(images(kept.state(), "gke-seoul")).containsExactly("hello:2.0.0");
    }

    @Test
    void itIsForThisOnce() {
        var later = completed(onBlue().after(switchTo(Role.BLUE, true)), Role.BLUE)
                .when(scale(5))
                .accepted();

        assertThat(assignment(later).forceConflicts()).isFalse();
    }

    @Test
    void aReleaseThatWaitsGoesOnWaiting() {
        var held = reportedEverywhere(
                onBlue().after(apply(withStrategy(served("hello:4.0.0"), BLUE_GREEN))),
                new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN)));
        var back = held.when(switchTo(Role.BLUE, true)).accepted();

        assertThat(assignment(back).revision()).isEqualTo(4);
        assertThat(assignment(back).forceConflicts()).isTrue();
        assertThat(assignment(back).directions().promotedThrough()).isZero();
    }

    /** The switch was written, and somebody undid it before the endpoints showed it. */
    @Test
    void whatIsJustBeingSwitchedIsSetBack() {
        var switching = reportedEverywhere(
                        onBlue().after(apply(withStrategy(served("hello:4.0.0"), BLUE_GREEN))),
                        new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN)))
                .after(new ApplicationCommand.Promote(ClusterSelection.ALL, false));
        var back = switching.when(switchTo(Role.GREEN, true)).accepted();

        assertThat(assignment(back).revision()).isEqualTo(4);
        assertThat(assignment(back).forceConflicts()).isTrue();
        assertThat(assignment(back).directions().promotedThrough()).isEqualTo(1);
    }

    @Test
    void whereAReleaseFailedForItThatIsTriedAgain() {
        var tried = failed().when(new Retry(ClusterSelection.ALL, true)).accepted();

        assertThat(assignment(tried).forceConflicts()).isTrue();
        assertThat(assignment(tried).revision()).isEqualTo(5);
    }

    @Test
    void whereAReleaseFailedForItThatIsGivenUp() {
        var given = failed().when(new Abort(ClusterSelection.ALL, true)).accepted();

        assertThat(assignment(given).forceConflicts()).isTrue();
        assertThat(assignment(given).directions().aborting()).isTrue();
    }

    /** Tried again it would lead to green. */
    @Test
    void whereAReleaseFailedForItTheFormerColourMeansToGiveItUp() {
        var given = failed().when(switchTo(Role.BLUE, true)).accepted();

        assertThat(assignment(given).forceConflicts()).isTrue();
        assertThat(assignment(given).directions().aborting()).isTrue();
    }

    /** No takeover, but the same question: who is left where. */
    @Test
    void anAbortNamesWhereTheReleaseIsCompletedAndStays() {
        var seoul = ClusterSelection.named("gke-seoul");
        var released = released(onBlue(), 4);
        var generation = assignment(released).generation();
        var partly = released.byShiplog()
                .after(new ApplicationCommand.Report(
                        "gke-seoul",
                        generation,
                        new Result.Completed(Optional.of(Role.GREEN), Optional.empty(), false)))
                .byMira();
        var given = partly.when(new Abort(ClusterSelection.ALL)).accepted();

        assertThat(given.state().outcomes().values())
                .contains(new dev.shiplog.domain.Outcome.Accepted(
                        0,
                        "goes back to the last good release on eks-virginia, onprem-busan; it is completed on gke-seoul"
                                + " and stays there until shiplog rollout undo hello -n default"));
        var undone = given.when(
                        new ApplicationCommand.Undo(seoul, new ApplicationCommand.Destination.Previous(), false))
                .accepted();
        assertThat(assignment(undone).revision()).isEqualTo(5);
    }

    private static Switch switchTo(Role colour, boolean force) {
        return new Switch(ClusterSelection.ALL, colour, force);
    }

    private static Assignment assignment(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story) {
        return new ApplicationDecider(HELLO).assignment(story.state(), "gke-seoul");
    }

    /** Revision 1 in blue, 2 in green, 3 in blue again. */
    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> onBlue() {
        var blue = completed(released(application(), 1), Role.BLUE);
        return completed(released(completed(released(blue, 2), Role.GREEN), 3), Role.BLUE);
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> failed() {
        return reportedEverywhere(released(onBlue(), 4), new Result.Failed(CONFLICT));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> released(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story, int major) {
        return story.after(apply(withStrategy(served("hello:" + major + ".0.0"), BLUE_GREEN)));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> completed(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story, Role active) {
        return reportedEverywhere(story, new Result.Completed(Optional.of(active), Optional.empty(), false));
    }
}
