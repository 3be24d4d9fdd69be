package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.provider;
import static dev.shiplog.domain.Samples.replicasOn;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completed;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.delete;
import static dev.shiplog.domain.application.ApplicationStories.failed;
import static dev.shiplog.domain.application.ApplicationStories.replicas;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.setImage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Scaled;
import dev.shiplog.domain.fleet.ClusterSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Row 6 of the walkthrough: {@code scale deployment hello --replicas=5}, then 3. */
class ScaleTest {

    @Test
    void goesUpAndDownOnAllClustersAndMakesNoRevision() {
        var five =
                running().when(scale(5)).then(new Scaled(List.of("eks-virginia", "gke-seoul", "onprem-busan"), 5, 2));
        assertThat(replicas(five.state(), "gke-seoul")).isEqualTo(5);
        assertThat(five.state().revision()).isEqualTo(1);
        var three = completedEverywhere(five).after(scale(3));
        assertThat(replicas(three.state(), "gke-seoul")).isEqualTo(3);
        assertThat(three.state().generation()).isEqualTo(3);
    }

    @Test
    void goesToASelectionByNameOrByLabel() {
        running().when(new Scale(ClusterSelection.named("gke-seoul"), 5)).then(new Scaled(List.of("gke-seoul"), 5, 2));
        running().when(new Scale(provider("onprem"), 5)).then(new Scaled(List.of("onprem-busan"), 5, 2));
    }

    @Test
    void toWhatIsThereAlreadyIsANoOpThatSaysSo() {
        running().after(scale(5)).when(scale(5)).then(new NothingChanged(0, "already scaled to 5 replicas"));
    }

    @Test
    void asksOnlyTheClustersThatDiffer() {
        running()
                .after(new Scale(ClusterSelection.named("gke-seoul"), 5))
                .when(scale(5))
                .then(new Scaled(List.of("eks-virginia", "onprem-busan"), 5, 3));
    }

    @Test
    void asksAFailedClusterAgainEvenForTheSameNumber() {
        application()
                .after(apply(hello("hello:1.0.0")), scale(5))
                .byShiplog()
                .after(failed("gke-seoul", 2))
                .byMira()
                .when(scale(5))
                .then(new Scaled(List.of("gke-seoul"), 5, 3));
    }

    @Test
    void toANegativeNumberIsRefused() {
        running().when(scale(-1)).refused("negative-replicas", "replicas must be 0 or more, not -1");
    }

    @Test
    void toZeroIsFine() {
        assertThat(replicas(running().after(scale(0)).state(), "gke-seoul")).isZero();
    }

    @Test
    void staysThroughANewImage() {
        var story = running().after(scale(5), setImage("hello", "hello:2.0.0"));
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(5);
    }

    @Test
    void givesWayToWhatANewReleaseDeclares() {
        var story = running().after(scale(5), apply(spec(deployment("hello", "hello:2.0.0", 2))));
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(2);
    }

    @Test
    void staysWhereANewReleaseDeclaresNothing() {
        var story = running().after(scale(5), apply(spec(deployment("hello", "hello:2.0.0"))));
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(5);
    }

    @Test
    void givesWayToReplicasThatAPatchDeclares() {
        var patched = spec(deployment("hello", "hello:2.0.0"))
                .withOverrides(List.of(dev.shiplog.domain.Samples.patchOn(
                        provider("gke"),
                        dev.shiplog.domain.Samples.obj(
                                "kind", "Deployment", "spec", dev.shiplog.domain.Samples.obj("replicas", 7)))));
        var story = running().after(scale(5), apply(patched));
        assertThat(replicas(story.state(), "gke-seoul")).isEqualTo(7);
        assertThat(replicas(story.state(), "onprem-busan")).isEqualTo(5);
    }

    @Test
    void winsOverAnOverridesReplicas() {
        var small = hello("hello:1.0.0").withOverrides(List.of(replicasOn(provider("onprem"), 1)));
        var story = application().after(apply(small));
        assertThat(replicas(story.state(), "onprem-busan")).isEqualTo(1);
        assertThat(replicas(story.after(scale(4)).state(), "onprem-busan")).isEqualTo(4);
    }

    @Test
    void inTheMiddleOfARolloutIsPartOfIt() {
        var story = application().after(apply(hello("hello:1.0.0")), scale(5));
        assertThat(story.state().result(1)).isEqualTo(ReleaseResult.IN_PROGRESS);
        story.byShiplog().when(completed("gke-seoul", 1)).thenNothing();
        var done = completedEverywhere(story);
        assertThat(done.state().result(1)).isEqualTo(ReleaseResult.COMPLETED);
    }

    @Test
    void isForgottenWithTheApplication() {
        var story = running().after(scale(5), delete(), apply(spec(deployment("hello", "hello:1.0.0"))));
        assertThat(replicas(story.state(), "gke-seoul")).isZero();
    }
}
