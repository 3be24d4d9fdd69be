package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.BUSAN;
import static dev.shiplog.domain.Samples.FLEET;
import static dev.shiplog.domain.Samples.SEOUL;
import static dev.shiplog.domain.Samples.VIRGINIA;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.imageOn;
import static dev.shiplog.domain.Samples.onClusters;
import static dev.shiplog.domain.Samples.patchOn;
import static dev.shiplog.domain.Samples.provider;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completed;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.failed;
import static dev.shiplog.domain.application.ApplicationStories.images;
import static dev.shiplog.domain.application.ApplicationStories.pause;
import static dev.shiplog.domain.application.ApplicationStories.restart;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ApplicationEvent.RolloutCompleted;
import dev.shiplog.domain.application.ApplicationEvent.RolloutFailed;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows 2 and 7 of the walkthrough: a release goes out, and another takes its place. */
class ReleaseTest {

    @Test
    void goesToEveryClusterThatItSelects() {
        application()
                .when(apply(onClusters(hello("hello:1.0.0"), provider("gke"))))
                .then(new ReleaseCreated(
                        new Release(
                                1,
                                onClusters(hello("hello:1.0.0"), provider("gke")),
                                List.of("gke-seoul"),
                                "apply",
                                new Release.Origin.Applied()),
                        1,
                        List.of(new Placed(SEOUL, Optional.empty()))));
    }

    @Test
    void endsWhenItsLastClusterReports() {
        application()
                .after(apply(hello("hello:1.0.0")))
                .byShiplog()
                .when(completed("gke-seoul", 1))
                .then(new RolloutCompleted("gke-seoul", 1, 1))
                .when(completed("eks-virginia", 1))
                .then(new RolloutCompleted("eks-virginia", 1, 1))
                .when(completed("onprem-busan", 1))
                .then(new RolloutCompleted("onprem-busan", 1, 1), new ReleaseEnded(1, ReleaseResult.COMPLETED));
    }

    @Test
    void failsIfOneClusterFailsAndLeavesTheOthersUnharmed() {
        var story = application()
                .after(apply(hello("hello:9.9.9")))
                .byShiplog()
                .when(failed("gke-seoul", 1))
                .then(new RolloutFailed("gke-seoul", 1, 1, ApplicationStories.IMAGE_PULL))
                .after(completed("eks-virginia", 1));
        assertThat(story.state().result(1)).isEqualTo(ReleaseResult.IN_PROGRESS);
        story.when(completed("onprem-busan", 1))
                .then(new RolloutCompleted("onprem-busan", 1, 1), new ReleaseEnded(1, ReleaseResult.FAILED));
    }

    @Test
    void aSecondOneSupersedesTheOneInProgressAndTheHistorySaysSo() {
        var story = application().after(apply(hello("hello:1.0.0")));
        var events = story.when(apply(hello("hello:2.0.0"))).events();
        assertThat(events).last().isEqualTo(new ReleaseEnded(1, ReleaseResult.SUPERSEDED));
        assertThat(events).hasSize(2);
    }

    @Test
    void theOlderOneIsSupersededOnlyWhereTheNewerGoes() {
        var story = application()
                .after(
                        apply(hello("hello:1.0.0")),
                        apply(onClusters(hello("hello:2.0.0"), ClusterSelection.named("gke-seoul"))));
        assertThat(story.state().result(1)).isEqualTo(ReleaseResult.IN_PROGRESS);
        var ended = completedEverywhere(story);
        assertThat(ended.state().result(1)).isEqualTo(ReleaseResult.SUPERSEDED);
        assertThat(ended.state().result(2)).isEqualTo(ReleaseResult.COMPLETED);
        assertThat(images(ended.state(), "onprem-busan")).containsExactly("hello:1.0.0");
    }

    @Test
    void oneThatHasEndedKeepsItsEndWhenAnotherFollows() {
        var story = running().after(apply(hello("hello:2.0.0")));
        assertThat(story.state().result(1)).isEqualTo(ReleaseResult.COMPLETED);
    }

    @Test
    void aReportAboutAnOlderGenerationChangesNothing() {
        application()
                .after(apply(hello("hello:1.0.0")), apply(hello("hello:2.0.0")))
                .byShiplog()
                .when(completed("gke-seoul", 1))
                .thenNothing()
                .when(failed("gke-seoul", 1))
                .thenNothing();
    }

    @Test
    void aRepeatedReportChangesNothing() {
        application()
                .after(apply(hello("hello:1.0.0")))
                .byShiplog()
                .after(completed("gke-seoul", 1))
                .when(completed("gke-seoul", 1))
                .thenNothing()
                .when(failed("gke-seoul", 1))
                .thenNothing()
                .when(completed("nowhere", 1))
                .thenNothing();
    }

    @Test
    void theSameAgainIsUnchanged() {
        running().when(apply(hello("hello:1.0.0"))).then(new NothingChanged(1, "unchanged"));
    }

    @Test
    void theSameAgainAfterAFailureIsANewTry() {
        var story = application()
                .after(apply(hello("hello:1.0.0")))
                .byShiplog()
                .after(failed("gke-seoul", 1))
                .byMira()
                .after(apply(hello("hello:1.0.0")));
        assertThat(story.state().revision()).isEqualTo(2);
    }

    @Test
    void theSameAgainAfterARestartIsUnchangedAsWithKubectl() {
        completedEverywhere(running().after(restart()))
                .when(apply(hello("hello:1.0.0")))
                .then(new NothingChanged(2, "unchanged"));
    }

    @Test
    void theSameAgainAfterTheDeclaredScaleWasAskedForIsUnchanged() {
        completedEverywhere(running().after(scale(3)))
                .when(apply(hello("hello:1.0.0")))
                .then(new NothingChanged(1, "unchanged"));
    }

    @Test
    void theSameForAClusterWhoseLabelsHaveChangedIsWhatItsOverridesMakeOfIt() {
        var overridden = hello("hello:1.0.0").withOverrides(List.of(imageOn(provider("aks"), "hello", "hello:1.0.1")));
        var moved = Fleet.of(List.of(new Cluster("gke-seoul", Map.of("provider", "aks")), VIRGINIA, BUSAN));
        var story = completedEverywhere(application().after(apply(overridden)))
                .in(moved)
                .after(apply(overridden));
        assertThat(story.state().revision()).isEqualTo(2);
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.1");
    }

    @Test
    void theGenerationGrowsWithEverythingAskedOfAClusterAndOutlivesTheApplication() {
        var story = running().after(scale(5), pause());
        assertThat(story.state().generation()).isEqualTo(3);
        var gone = ApplicationStories.reportedEverywhere(
                story.after(ApplicationStories.delete()), new ApplicationCommand.Result.Removed());
        assertThat(gone.state().exists()).isFalse();
        assertThat(gone.after(apply(hello("hello:1.0.0"))).state().generation()).isEqualTo(5);
        assertThat(gone.after(apply(hello("hello:1.0.0"))).state().revision()).isEqualTo(2);
    }

    @Test
    void clustersThatJoinLaterAreNotPartOfIt() {
        var story = application()
                .in(Fleet.of(List.of(SEOUL)))
                .after(apply(hello("hello:1.0.0")))
                .in(FLEET);
        assertThat(story.state().targets()).containsOnlyKeys("gke-seoul");
        assertThat(story.after(scale(5)).state().targets()).containsOnlyKeys("gke-seoul");
    }

    @Test
    void setImageChangesTheImageOnly() {
        var story = running().after(setImage("hello", "hello:2.0.0"));
        assertThat(story.state().revision()).isEqualTo(2);
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        var release = story.state().release(2).orElseThrow();
        assertThat(release.cause()).isEqualTo("set image hello=hello:2.0.0");
        assertThat(release.origin()).isEqualTo(new Release.Origin.ImageSet());
    }

    @Test
    void setImageWithAStarChangesEveryContainer() {
        var two = spec(deployment("hello", "hello:1.0.0", 3), deployment("sidekick", "hello:1.0.0", 1));
        var story = application().after(apply(two), setImage("*", "hello:2.0.0"));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0");
    }

    @Test
    void setImageOfAnUnknownContainerIsRefused() {
        running()
                .when(setImage("nginx", "nginx:1.9.14"))
                .refused("unknown-container", "unable to find container \"nginx\"; there are \"hello\"");
    }

    @Test
    void setImageToTheSameIsANoOp() {
        running().when(setImage("hello", "hello:1.0.0")).then(new NothingChanged(1, "images unchanged"));
    }

    @Test
    void setImageWinsOverWhatAnOverrideOrAPatchSaidBefore() {
        var patch = Samples.obj(
                "kind",
                "Deployment",
                "spec",
                Samples.obj(
                        "template",
                        Samples.obj(
                                "spec",
                                Samples.obj(
                                        "containers",
                                        Samples.list(Samples.obj("name", "hello", "image", "hello:1.0.0-arm"))))));
        var special = hello("hello:1.0.0")
                .withOverrides(List.of(
                        imageOn(provider("gke"), "hello", "hello:1.0.0-gke"), patchOn(provider("onprem"), patch)));
        var story = application().after(apply(special));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0-gke");
        assertThat(images(story.state(), "onprem-busan")).containsExactly("hello:1.0.0-arm");
        var set = story.after(setImage("hello", "hello:2.0.0"));
        assertThat(images(set.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        assertThat(images(set.state(), "onprem-busan")).containsExactly("hello:2.0.0");
    }

    @Test
    void setImageReachesInitContainersAsWithKubectl() {
        var withInit = spec(new dev.shiplog.domain.release.KubernetesObject(deployment("hello", "hello:1.0.0", 3)
                .json()
                .withObject(
                        "spec",
                        s -> s.withObject(
                                "template",
                                t -> t.withObject(
                                        "spec",
                                        pod -> pod.with(
                                                "initContainers",
                                                Samples.list(Samples.obj("name", "init", "image", "init:1"))))))));
        var story = application().after(apply(withInit), setImage("init", "init:2"));
        assertThat(Rendering.initContainers(
                        story.state().release(2).orElseThrow().spec().objects().getFirst()))
                .first()
                .extracting(container -> container.text("image").orElse(""))
                .isEqualTo("init:2");
    }

    @Test
    void restartMakesARevisionWithAnotherMarkAndNothingElse() {
        var story = running().after(restart());
        assertThat(story.state().revision()).isEqualTo(2);
        assertThat(story.state().release(2).orElseThrow().spec().restartedAt()).isPresent();
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:1.0.0");
    }

    @Test
    void restartLeavesEachClusterOnTheReleaseThatItRuns() {
        var story = completedEverywhere(running().after(setImage(provider("gke"), "hello", "hello:2.0.0")))
                .after(new Restart(ClusterSelection.ALL));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        assertThat(images(story.state(), "onprem-busan")).containsExactly("hello:1.0.0");
    }

    @Test
    void setImageLeavesWhatElseEachClusterRuns() {
        var two = spec(deployment("hello", "hello:1.0.0", 3), deployment("sidekick", "sidekick:1.0.0", 1));
        var story = completedEverywhere(
                        application().after(apply(two), setImage(provider("gke"), "sidekick", "sidekick:2.0.0")))
                .after(setImage("hello", "hello:2.0.0"));
        assertThat(images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0", "sidekick:2.0.0");
        assertThat(images(story.state(), "onprem-busan")).containsExactly("hello:2.0.0", "sidekick:1.0.0");
    }
}
