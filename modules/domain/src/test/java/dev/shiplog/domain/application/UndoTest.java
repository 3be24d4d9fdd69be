package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.configMap;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.provider;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.failed;
import static dev.shiplog.domain.application.ApplicationStories.images;
import static dev.shiplog.domain.application.ApplicationStories.replicas;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static dev.shiplog.domain.application.ApplicationStories.undo;
import static dev.shiplog.domain.application.ApplicationStories.undoTo;
import static dev.shiplog.domain.application.ApplicationStories.undoWithScale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.Release;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Row 12 of the walkthrough: {@code rollout undo}; the history shows a new revision, all pods are back. */
class UndoTest {

    @Test
    void toThePreviousRevisionMakesANewOne() {
        var story = updated().after(undo());
        assertThat(story.state().revision()).isEqualTo(3);
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0");
        var release = story.state().release(3).orElseThrow();
        assertThat(release.origin()).isEqualTo(new Release.Origin.Undone(1));
        assertThat(release.cause()).isEqualTo("undo to revision 1");
    }

    @Test
    void twiceGoesThereAndBackAsWithKubectl() {
        var back = completedEverywhere(updated().after(undo())).after(undo());
        assertThat(images(back.state(), "gke-seoul")).containsExactly("hello:2.0.0");
    }

    @Test
    void inTheMiddleOfABadReleaseGoesBackAndTheBadOneIsSuperseded() {
        var story = running()
                .after(setImage("hello", "hello:9.9.9"))
                .byShiplog()
                .after(failed("gke-seoul", 2))
                .byMira();
        var undone = story.after(undo());
        assertThat(images(undone.state(), "onprem-busan")).containsExactly("hello:1.0.0");
        assertThat(undone.state().result(2)).isEqualTo(ReleaseResult.FAILED);
    }

    @Test
    void skipsRevisionsThatNeverBecameHealthy() {
        var twoBad = running().after(setImage("hello", "hello:9.9.8"), setImage("hello", "hello:9.9.9"));
        assertThat(images(twoBad.after(undo()).state(), "gke-seoul")).containsExactly("hello:1.0.0");
    }

    /** Users of the clusters where it was good had it, whatever became of it on another one. */
    @Test
    void goesBackOnEachClusterToWhatWasGoodThere() {
        var split = running().after(setImage("hello", "hello:4.0.0")).byShiplog();
        var failedInBusan = completedEverywhere(split.after(failed("onprem-busan", 2)));
        var newest = completedEverywhere(failedInBusan.after(setImage("hello", "hello:5.0.0")));
        var story = newest.after(undo());
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:4.0.0");
        assertThat(images(story.state(), "eks-virginia")).containsExactly("hello:4.0.0");
        assertThat(images(story.state(), "onprem-busan")).containsExactly("hello:1.0.0");
    }

    @Test
    void againAfterABadReleaseWasUndoneStaysOnTheGoodOne() {
        var undone = completedEverywhere(running().after(setImage("hello", "hello:9.9.9"), undo()));
        undone.when(undo())
                .then(new NothingChanged(3, "skipped rollback (current template already matches revision 1)"));
    }

    @Test
    void toARevisionByNumber() {
        var story = completedEverywhere(updated().after(setImage("hello", "hello:3.0.0")))
                .after(undoTo(1));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0");
    }

    @Test
    void toAnUnknownRevisionIsRefused() {
        updated()
                .when(undoTo(7))
                .refused("unknown-revision", "unable to find specified revision 7 in history; there are [1, 2]");
    }

    @Test
    void withNoEarlierRevisionIsRefused() {
        running()
                .when(undo())
                .refused(
                        "nothing-to-undo",
                        "no earlier revision of \"default/hello\" to return to; shiplog rollout history hello "
                                + "shows what there is");
    }

    @Test
    void toTheRunningRevisionIsANoOpThatSaysSo() {
        updated()
                .when(undoTo(2))
                .then(new NothingChanged(2, "skipped rollback (current template already matches revision 2)"));
    }

    @Test
    void toAnOlderRevisionWithTheSameTemplateIsANoOpToo() {
        var again = completedEverywhere(updated().after(apply(hello("hello:1.0.0"))));
        again.when(undoTo(1))
                .then(new NothingChanged(3, "skipped rollback (current template already matches revision 1)"));
    }

    @Test
    void keepsTheScaleAsItIsNow() {
        var story = updated().after(scale(8), undo());
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(8);
    }

    @Test
    void keepsTheScaleThatTheNewerReleaseDeclared() {
        var grown = completedEverywhere(running().after(apply(spec(deployment("hello", "hello:2.0.0", 9)))));
        assertThat(replicas(grown.after(undo()).state(), "gke-seoul")).isEqualTo(9);
    }

    @Test
    void withScaleBringsTheNumberBackThatTheRevisionHad() {
        var story = completedEverywhere(running().after(scale(5), setImage("hello", "hello:2.0.0"), scale(9)));
        assertThat(replicas(story.after(undoWithScale(1)).state(), "gke-seoul")).isEqualTo(5);
    }

    @Test
    void bringsConfigurationBack() {
        var first = spec(deployment("hello", "hello:1.0.0", 3), configMap("conf", "mode", "quiet"));
        var second = spec(deployment("hello", "hello:1.0.0", 3), configMap("conf", "mode", "loud"));
        var story = completedEverywhere(application().after(apply(first)));
        var names = names(story);
        var undone = completedEverywhere(story.after(apply(second))).after(undo());
        assertThat(names(undone)).isEqualTo(names);
    }

    @Test
    void toAMomentBringsBackRevisionAndScale() {
        var then = completedEverywhere(running().after(scale(5)));
        var moment = then.now();
        var now =
                completedEverywhere(then.later(Duration.ofHours(1)).after(setImage("hello", "hello:2.0.0"), scale(2)));
        var story = now.after(undoTo(moment));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0");
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(5);
    }

    @Test
    void toAMomentGivesEachClusterWhatItRanThen() {
        var mixed = completedEverywhere(running().after(setImage(provider("gke"), "hello", "hello:2.0.0")));
        var moment = mixed.now();
        var now = completedEverywhere(mixed.later(Duration.ofHours(1)).after(apply(hello("hello:3.0.0"))));
        var story = now.after(undoTo(moment));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        assertThat(images(story.state(), "onprem-busan")).containsExactly("hello:1.0.0");
        assertThat(story.state().revision()).isEqualTo(5);
    }

    @Test
    void toAMomentBeforeTheFirstReleaseIsRefused() {
        running()
                .when(undoTo(Story.BEGINNING.minusSeconds(1)))
                .refused(
                        "nothing-to-undo",
                        "no earlier revision of \"default/hello\" to return to; shiplog rollout history hello "
                                + "shows what there is");
    }

    @Test
    void toAMomentBeforeHundredsOfScalingsBringsTheScaleBack() {
        var five = completedEverywhere(running().after(scale(5)));
        var story = five.given(scalings(900)).after(undoTo(five.now().minusSeconds(1)));
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(5);
    }

    @Test
    void withScaleFindsItHundredsOfScalingsAgo() {
        var story = completedEverywhere(running().after(scale(5), setImage("hello", "hello:2.0.0")));
        var undone = story.given(scalings(900)).after(undoWithScale(1));
        assertThat(replicas(undone.state(), "gke-seoul")).isEqualTo(5);
    }

    /** What a cluster was asked is remembered a thousand times; what is older is in the history alone. */
    @Test
    void toAMomentThatIsLongForgottenIsRefused() {
        var five = completedEverywhere(running().after(scale(5)));
        var story = five.given(scalings(1_000));
        assertThat(story.state().targets().values())
                .allSatisfy(target -> assertThat(target.placements()).hasSize(1_000));
        assertThat(story.when(undoTo(five.now().minusSeconds(1))).events()).isEmpty();
    }

    @Test
    void toNowIsANoOp() {
        var story = updated();
        story.when(undoTo(story.now()))
                .then(new NothingChanged(2, "skipped rollback (everything is as it was at " + story.now() + ")"));
    }

    @Test
    void ofAReleaseThatWentToOneClusterLeavesTheOthersAlone() {
        var mixed = completedEverywhere(updated().after(setImage(provider("gke"), "hello", "hello:3.0.0")));
        var story = mixed.after(undo());
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        assertThat(story.state().release(4).orElseThrow().clusters()).containsExactly("gke-seoul");
        assertThat(images(story.state(), "onprem-busan")).containsExactly("hello:2.0.0");
    }

    @Test
    void neverBringsAClusterWhatItNeverRan() {
        var mixed = completedEverywhere(running()
                .after(
                        setImage(provider("gke"), "hello", "hello:2.0.0-gke"),
                        setImage(provider("eks"), "hello", "hello:2.0.0-eks")));
        var story = mixed.after(undo());
        assertThat(images(story.state(), "eks-virginia")).containsExactly("hello:1.0.0");
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0-gke");
    }

    @Test
    void onASelection() {
        var story = updated()
                .after(new ApplicationCommand.Undo(
                        ClusterSelection.named("gke-seoul"), new ApplicationCommand.Destination.Previous(), false));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0");
        assertThat(images(story.state(), "eks-virginia")).containsExactly("hello:2.0.0");
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> updated() {
        return completedEverywhere(running().after(setImage("hello", "hello:2.0.0")));
    }

    private static List<ApplicationEvent> scalings(int number) {
        return IntStream.range(0, number)
                .<ApplicationEvent>mapToObj(i -> new ApplicationEvent.Scaled(
                        List.of("eks-virginia", "gke-seoul", "onprem-busan"), 10 + i % 2, 10 + i))
                .toList();
    }

    private static Map<String, String> names(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story) {
        var names = new java.util.TreeMap<String, String>();
        new ApplicationDecider(dev.shiplog.domain.Samples.HELLO)
                .assignment(story.state(), "gke-seoul")
                .objects()
                .forEach(object -> names.put(object.kind(), object.name()));
        return names;
    }
}
