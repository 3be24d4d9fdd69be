package dev.shiplog.domain.application;

import static dev.shiplog.domain.application.ApplicationStories.BLUE_GREEN;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.IMAGE_PULL;
import static dev.shiplog.domain.application.ApplicationStories.abort;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.images;
import static dev.shiplog.domain.application.ApplicationStories.pause;
import static dev.shiplog.domain.application.ApplicationStories.promote;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.retry;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.served;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static dev.shiplog.domain.application.ApplicationStories.switchTo;
import static dev.shiplog.domain.application.ApplicationStories.undo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationEvent.AbortRequested;
import dev.shiplog.domain.application.ApplicationEvent.Promoted;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be promoted, aborted or tried again, where; and what is said where it can't be. */
class PromoteAbortRetryTest {

    private static final List<String> ALL = List.of("eks-virginia", "gke-seoul", "onprem-busan");

    // ---- promote

    @Test
    void aPromotionEndsThePauseThatEachClusterIsIn() {
        heldCanary().when(promote(false)).then(new Promoted(through(2), false, 3));
    }

    @Test
    void aSwitchToTheColourInPreviewIsItsPromotion() {
        heldGreen().when(switchTo(Role.GREEN)).then(new Promoted(through(1), false, 3));
    }

    @Test
    void whatIsOnItsWayCanBePromotedInFullAlone() {
        var coming = good(CANARY).after(apply(release("hello:2.0.0", CANARY)));
        coming.when(promote(true)).then(new Promoted(through(0), true, 3));
        coming.when(promote(false)).refused("nothing-to-promote", nothingToPromote("on its way"));
    }

    @Test
    void whatHasNoStepsOrGoesBackIsNotPromotedInFull() {
        running()
                .after(setImage("hello", "hello:2.0.0"))
                .when(promote(true))
                .refused("nothing-to-promote", nothingToPromote("on its way"));
        heldCanary()
                .after(abort())
                .when(promote(true))
                .refused("nothing-to-promote", nothingToPromote("is going back"));
    }

    @Test
    void whatIsCompletedIsNotPromoted() {
        running().when(promote(false)).refused("nothing-to-promote", nothingToPromote("completed"));
    }

    /** Whoever has paused it did so for a reason. */
    @Test
    void whatIsPausedIsNeitherPromotedNorSwitched() {
        var refused = heldCanary().after(pause()).when(promote(false)).goOn();
        assertThat(refused.events().getLast()).isInstanceOf(ApplicationEvent.CommandRefused.class);
        heldGreen()
                .after(pause())
                .when(switchTo(Role.GREEN))
                .goOn()
                .check(state ->
                        assertThat(state.outcomes().values().toString()).contains("on \"eks-virginia\" it is paused"));
    }

    // ---- abort

    @Test
    void whatWaitsIsComingOrHasFailedIsAborted() {
        heldCanary().when(abort()).then(new AbortRequested(ALL, 3));
        good(CANARY).after(apply(release("hello:2.0.0", CANARY))).when(abort()).then(new AbortRequested(ALL, 3));
        reportedEverywhere(heldCanary(), new Result.Failed(IMAGE_PULL))
                .when(abort())
                .then(new AbortRequested(ALL, 3));
    }

    @Test
    void anAbortThatFailedIsAskedForAgain() {
        var aborting = heldCanary().after(abort());
        aborting.when(abort()).refused("nothing-to-abort", nothingToAbort("is going back"));
        reportedEverywhere(aborting, new Result.Failed(IMAGE_PULL))
                .when(abort())
                .then(new AbortRequested(ALL, 4));
    }

    @Test
    void whatIsCompletedIsNotAborted() {
        running().when(abort()).refused("nothing-to-abort", nothingToAbort("completed"));
    }

    @Test
    void aFirstReleaseHasNothingToGoBackTo() {
        var first = application().after(apply(release("hello:1.0.0", CANARY)));
        first.when(abort()).refused("nothing-to-abort", nothingToAbort("the first release is on its way"));
        reportedEverywhere(first, new Result.Failed(IMAGE_PULL))
                .when(abort())
                .refused("nothing-to-abort", nothingToAbort("failed, and there is no earlier release to go back to"));
    }

    /** Elsewhere another release is completed, which nobody asks about. */
    @Test
    void anAbortNamesNoClusterThatTheReleaseDidNotGoTo() {
        var seoul = ClusterSelection.named("gke-seoul");
        var tried = good(CANARY).after(apply(Samples.onClusters(release("hello:2.0.0", CANARY), seoul)));
        tried.when(abort()).then(new AbortRequested(List.of("gke-seoul"), 3, List.of()));
    }

    /** Users have not left blue, so there is nothing to bring them back from. */
    @Test
    void aSwitchToWhatServesAbortsNoColourThatIsComingUp() {
        good(BLUE_GREEN)
                .after(apply(release("hello:2.0.0", BLUE_GREEN)))
                .when(switchTo(Role.BLUE))
                .accepted()
                .check(state -> assertThat(state.targets().values())
                        .noneMatch(target -> target.directions().aborting()));
    }

    // ---- retry, and undo of what never was good

    @Test
    void whatHasNotFailedIsNotTriedAgain() {
        running()
                .when(retry())
                .refused(
                        "nothing-to-retry",
                        "nothing of \"default/hello\" has failed or was aborted (" + everywhere("completed")
                                + "); shiplog rollout restart hello -n default makes new pods of what runs");
    }

    /** What else is there to go back to? */
    @Test
    void whereNothingWasEverGoodAnUndoIsToTheReleaseBefore() {
        var first = reportedEverywhere(
                application().after(apply(release("hello:1.0.0", CANARY))), new Result.Failed(IMAGE_PULL));
        var onSeoul = first.after(setImage(ClusterSelection.named("gke-seoul"), "hello", "hello:2.0.0"));
        var third =
                reportedEverywhere(onSeoul, new Result.Failed(IMAGE_PULL)).after(apply(release("hello:3.0.0", CANARY)));
        var undone = third.after(undo());
        assertThat(images(undone.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        assertThat(images(undone.state(), "eks-virginia")).containsExactly("hello:1.0.0");
    }

    // ---- the rollouts

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> heldCanary() {
        return reportedEverywhere(
                good(CANARY).after(apply(release("hello:2.0.0", CANARY))),
                new Result.Held(1, Optional.empty(), Optional.empty()));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> heldGreen() {
        return reportedEverywhere(
                good(BLUE_GREEN).after(apply(release("hello:2.0.0", BLUE_GREEN))),
                new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN)));
    }

    /** Revision 1 is done everywhere; where there are colours it is blue. */
    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> good(Strategy strategy) {
        var active = strategy instanceof Strategy.BlueGreen ? Optional.of(Role.BLUE) : Optional.<Role>empty();
        return reportedEverywhere(
                application().after(apply(release("hello:1.0.0", strategy))),
                new Result.Completed(active, Optional.empty(), false));
    }

    private static ReleaseSpec release(String image, Strategy strategy) {
        return Samples.withStrategy(served(image), strategy);
    }

    private static SortedMap<String, Integer> through(int step) {
        return new TreeMap<>(ALL.stream().collect(Collectors.toMap(cluster -> cluster, cluster -> step)));
    }

    private static String nothingToPromote(String standing) {
        return "nothing of \"default/hello\" waits to be promoted (" + everywhere(standing)
                + "); shiplog rollout status hello -n default shows when it does, --full skips all steps of a rollout that"
                + " is on its way";
    }

    private static String nothingToAbort(String standing) {
        return "nothing of \"default/hello\" can be aborted (" + everywhere(standing)
                + "); what is completed is taken back by shiplog rollout undo hello -n default";
    }

    private static String everywhere(String standing) {
        return ALL.stream().map(cluster -> "\"" + cluster + "\": " + standing).collect(Collectors.joining(", "));
    }
}
