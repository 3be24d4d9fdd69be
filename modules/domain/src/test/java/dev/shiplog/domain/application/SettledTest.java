package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.BLUE_GREEN;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.abort;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.served;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationEvent.RolloutSettled;
import dev.shiplog.domain.course.Role;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A release that has ended on its clusters, where something of it is still to go: they are asked until it has gone. */
class SettledTest {

    private static final String SEOUL = "gke-seoul";

    @Test
    void aCompletedReleaseIsAskedAboutUntilItsLeftoversAreGone() {
        var left = new Result.Completed(Optional.empty(), Optional.empty(), true);
        var completed = reportedEverywhere(running().after(apply(hello("hello:2.0.0"))), left);
        assertThat(completed.state().result(2)).isEqualTo(ReleaseResult.COMPLETED);
        assertThat(completed.outstanding()).hasSize(3);
        assertThat(completed.state().isUnderWay()).isFalse();
        assertThat(completed.after(apply(hello("hello:3.0.0"))).state().isUnderWay())
                .isTrue();

        var asked = completed.byShiplog();
        asked.when(new Report(SEOUL, 2, left)).thenNothing();
        asked = asked.when(new Report(SEOUL, 2, new Result.Completed())).then(new RolloutSettled(SEOUL, 2, 2));
        assertThat(asked.outstanding()).hasSize(2).doesNotContain(new ApplicationTask.Carry(SEOUL, 2));
        assertThat(completedEverywhere(asked).outstanding()).isEmpty();
    }

    @Test
    void soIsAnAbortedOneWhichStaysAborted() {
        var held = reportedEverywhere(
                running().after(apply(withStrategy(hello("hello:2.0.0"), CANARY))),
                new Result.Held(1, Optional.empty(), Optional.empty()));
        var aborted = reportedEverywhere(held.after(abort()), new Result.Aborted(true));
        assertThat(aborted.state().result(2)).isEqualTo(ReleaseResult.ABORTED);
        assertThat(aborted.outstanding()).hasSize(3);

        var asked = aborted.byShiplog();
        asked.when(new Report(SEOUL, 3, new Result.Aborted(true))).thenNothing();
        var settled = asked.when(new Report(SEOUL, 3, new Result.Aborted())).then(new RolloutSettled(SEOUL, 2, 3));
        assertThat(settled.outstanding()).hasSize(2).doesNotContain(new ApplicationTask.Carry(SEOUL, 3));
        assertThat(settled.state().targets())
                .hasEntrySatisfying(
                        SEOUL, target -> assertThat(target.standing()).isEqualTo(new Target.Standing.Aborted(false)));
    }

    @Test
    void formerPodsWhoseTimeIsOverAreNotGoneBeforeTheyAreDeleted() {
        var green = Optional.of(Role.GREEN);
        var kept = new Result.Completed(green, Optional.of(soon()), false);
        var switched =
                reportedEverywhere(running().after(apply(withStrategy(served("hello:2.0.0"), BLUE_GREEN))), kept);

        var over = switched.byShiplog()
                .when(new Report(SEOUL, 2, new Result.Completed(green, Optional.empty(), true)))
                .thenNothing();
        assertThat(over.outstanding()).hasSize(3);
        over.when(new Report(SEOUL, 2, new Result.Completed(green, Optional.empty(), false)))
                .then(new RolloutSettled(SEOUL, 2, 2));
    }

    private static Instant soon() {
        return Story.BEGINNING.plusSeconds(600);
    }
}
