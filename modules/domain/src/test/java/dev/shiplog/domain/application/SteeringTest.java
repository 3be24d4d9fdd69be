package dev.shiplog.domain.application;

import static dev.shiplog.domain.application.ApplicationStories.BLUE_GREEN;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.abort;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.failed;
import static dev.shiplog.domain.application.ApplicationStories.images;
import static dev.shiplog.domain.application.ApplicationStories.promote;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.restart;
import static dev.shiplog.domain.application.ApplicationStories.served;
import static dev.shiplog.domain.application.ApplicationStories.switchTo;
import static dev.shiplog.domain.application.ApplicationStories.undo;
import static dev.shiplog.domain.application.ApplicationStories.undoTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nobody has promoted reaches all users by no way but a promotion. */
class SteeringTest {

    private static final ApplicationEvent ALREADY_THERE = new ApplicationEvent.NothingChanged(
            0,
            "blue is what users are to come to already; where somebody else has changed a Service,"
                    + " --force-conflicts sets it back");

    private static final String TRIED = "cannot restart \"default/hello\" while a release of it is tried on"
            + " \"eks-virginia\", \"gke-seoul\", \"onprem-busan\", as that would promote it; first shiplog rollout promote"
            + " hello -n default, or shiplog rollout abort hello -n default";

    private static final List<String> ALL = List.of("eks-virginia", "gke-seoul", "onprem-busan");

    @Test
    void aRestartIsRefusedWhileACanaryWaits() {
        heldCanary().when(restart()).refused("not-promoted", TRIED);
    }

    @Test
    void aRestartIsRefusedWhileAColourIsInPreview() {
        heldGreen().when(restart()).refused("not-promoted", TRIED);
    }

    @Test
    void aRestartAfterAnAbortIsOfWhatServes() {
        var aborted = reportedEverywhere(heldCanary().after(abort()), new Result.Aborted());
        var story = aborted.after(restart());
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0");
        assertThat(target(story).directions()).isEqualTo(Directions.STRAIGHT);
    }

    @Test
    void aRestartAfterAFailedCanaryIsOfWhatServes() {
        var failed = reportedEverywhere(
                blueCompleted(CANARY).after(apply(spec("hello:2.0.0", CANARY))),
                new Result.Failed(ApplicationStories.IMAGE_PULL));
        assertThat(images(failed.after(restart()).state(), "gke-seoul")).containsExactly("hello:1.0.0");
    }

    @Test
    void anUndoToWhatWasGoodIsStraight() {
        var story = heldCanary().after(promote(true));
        var back = reportedEverywhere(story, new Result.Completed()).after(undoTo(1));
        assertThat(target(back).directions()).isEqualTo(Directions.STRAIGHT);
    }

    /** The window counts what users had: a release that never reached them takes no place in it. */
    @Test
    void anUndoPastAnAbortedReleaseIsStraight() {
        var aborted = reportedEverywhere(heldCanary().after(abort()), new Result.Aborted());
        var promoted = reportedEverywhere(aborted.after(apply(spec("hello:3.0.0", CANARY))), new Result.Completed());
        var back = promoted.after(undo());
        assertThat(images(back.state(), "gke-seoul")).containsExactly("hello:1.0.0");
        assertThat(target(back).directions()).isEqualTo(Directions.STRAIGHT);
    }

    @Test
    void anUndoWhileACanaryWaitsCountsFromWhatUsersHave() {
        var good = reportedEverywhere(heldCanary().after(promote(true)), new Result.Completed());
        var held = reportedEverywhere(
                good.after(apply(spec("hello:3.0.0", CANARY))), new Result.Held(1, Optional.empty(), Optional.empty()));
        assertThat(target(held.after(undoTo(1))).directions()).isEqualTo(Directions.STRAIGHT);
    }

    @Test
    void anUndoPastTheWindowTakesItsSteps() {
        var second = reportedEverywhere(heldCanary().after(promote(true)), new Result.Completed());
        var third = reportedEverywhere(second.after(apply(spec("hello:3.0.0", CANARY))), new Result.Completed());
        assertThat(target(third.after(undoTo(1))).directions()).isEqualTo(Directions.NONE);
    }

    /** What was good here is good here, even if it failed on another cluster. */
    @Test
    void anUndoIsStraightWhereTheRevisionWasGood() {
        var mixed = blueCompleted(CANARY)
                .after(apply(spec("hello:2.0.0", CANARY)))
                .byShiplog()
                .after(failed("onprem-busan", 2));
        var second = reportedEverywhere(mixed.byMira(), new Result.Completed());
        var third = reportedEverywhere(second.after(apply(spec("hello:3.0.0", CANARY))), new Result.Completed());
        var back = third.after(undoTo(2));
        assertThat(target(back).directions()).isEqualTo(Directions.STRAIGHT);
        assertThat(target(back, "onprem-busan").directions()).isEqualTo(Directions.NONE);
    }

    @Test
    void anUndoToWhatWasAbortedTakesItsSteps() {
        var aborted = reportedEverywhere(heldCanary().after(abort()), new Result.Aborted());
        assertThat(target(aborted.after(undoTo(2))).directions()).isEqualTo(Directions.NONE);
        var abortedGreen = reportedEverywhere(heldGreen().after(abort()), new Result.Aborted());
        assertThat(target(abortedGreen.after(undoTo(2))).directions()).isEqualTo(Directions.NONE);
    }

    @Test
    void aSwitchToWhatServesIsNothingWhileTheOtherColourIsInPreview() {
        heldGreen().when(switchTo(Role.BLUE)).then(ALREADY_THERE);
    }

    @Test
    void aSwitchBackWhileThePromotionIsOnItsWayAbortsIt() {
        heldGreen().after(promote(false)).when(switchTo(Role.BLUE)).then(new AbortRequested(ALL, 4));
    }

    @Test
    void aSwitchBackAfterTheTimeOfThePreviewAbortsIt() {
        var held = heldGreen();
        var timed = reportedEverywhere(
                blueCompleted(BLUE_GREEN).after(apply(spec("hello:2.0.0", timed()))),
                new Result.Held(0, Optional.of(held.now().plus(Duration.ofMinutes(5))), Optional.of(Role.GREEN)));
        timed.when(switchTo(Role.BLUE)).then(ALREADY_THERE);
        timed.later(Duration.ofMinutes(6)).when(switchTo(Role.BLUE)).then(new AbortRequested(ALL, 3));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> heldCanary() {
        return reportedEverywhere(
                blueCompleted(CANARY).after(apply(spec("hello:2.0.0", CANARY))),
                new Result.Held(1, Optional.empty(), Optional.empty()));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> heldGreen() {
        return reportedEverywhere(
                blueCompleted(BLUE_GREEN).after(apply(spec("hello:2.0.0", BLUE_GREEN))),
                new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN)));
    }

    /** Revision 1 is done everywhere; where there are colours it is blue. */
    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> blueCompleted(
            Strategy strategy) {
        var active = strategy instanceof Strategy.BlueGreen ? Optional.of(Role.BLUE) : Optional.<Role>empty();
        return reportedEverywhere(
                application().after(apply(spec("hello:1.0.0", strategy))),
                new Result.Completed(active, Optional.empty(), false));
    }

    private static ReleaseSpec spec(String image, Strategy strategy) {
        return Samples.withStrategy(served(image), strategy);
    }

    private static Strategy timed() {
        return new Strategy.BlueGreen(
                Optional.empty(),
                Optional.empty(),
                new Strategy.AutoPromotion.After(Duration.ofMinutes(5)),
                Optional.empty(),
                Strategy.CapacityCheck.ENFORCE,
                Optional.empty(),
                Optional.empty());
    }

    private static Target target(Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story) {
        return target(story, "gke-seoul");
    }

    private static Target target(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story, String cluster) {
        return Optional.ofNullable(story.state().targets().get(cluster)).orElseThrow();
    }
}
