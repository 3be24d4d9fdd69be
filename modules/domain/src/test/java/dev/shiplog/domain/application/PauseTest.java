package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.provider;
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

import dev.shiplog.domain.application.ApplicationCommand.Pause;
import dev.shiplog.domain.application.ApplicationEvent.Paused;
import dev.shiplog.domain.application.ApplicationEvent.Resumed;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows 9 and 11 of the walkthrough: pause in the middle, resume exactly there. */
class PauseTest {

    @Test
    void holdsAllClustersOrOne() {
        var rolling = running().after(setImage("hello", "hello:2.0.0"));
        rolling.when(pause()).then(new Paused(List.of("eks-virginia", "gke-seoul", "onprem-busan"), 3));
        var one = rolling.when(new Pause(provider("gke"))).then(new Paused(List.of("gke-seoul"), 3));
        assertThat(paused(one.state(), "gke-seoul")).isTrue();
        assertThat(paused(one.state(), "onprem-busan")).isFalse();
    }

    @Test
    void resumeGoesOnWithTheSameRevision() {
        var rolling = running().after(setImage("hello", "hello:2.0.0"), pause());
        rolling.when(resume()).then(new Resumed(List.of("eks-virginia", "gke-seoul", "onprem-busan"), 4));
        var done = completedEverywhere(rolling.after(resume()));
        assertThat(done.state().revision()).isEqualTo(2);
        assertThat(done.state().result(2)).isEqualTo(ReleaseResult.COMPLETED);
    }

    @Test
    void resumesOnlyWhatIsHeld() {
        running().after(new Pause(provider("gke"))).when(resume()).then(new Resumed(List.of("gke-seoul"), 3));
    }

    @Test
    void aPausedOneCanBeNeitherUndoneNorRestarted() {
        var paused = running().after(setImage("hello", "hello:2.0.0"), new Pause(provider("gke")));
        paused.when(undo())
                .refused(
                        "paused",
                        "cannot undo paused \"default/hello\" (on \"gke-seoul\"); resume it first: "
                                + "shiplog rollout resume hello -n default");
        paused.when(restart())
                .refused(
                        "paused",
                        "cannot restart paused \"default/hello\" (on \"gke-seoul\"); resume it first: "
                                + "shiplog rollout resume hello -n default");
    }

    @Test
    void aPausedOneTakesANewImageAndANewScaleButStaysPaused() {
        var story = running().after(pause(), setImage("hello", "hello:2.0.0"), scale(5));
        assertThat(paused(story.state(), "gke-seoul")).isTrue();
        assertThat(ApplicationStories.images(story.state(), "gke-seoul")).containsExactly("hello:2.0.0");
        assertThat(ApplicationStories.replicas(story.state(), "gke-seoul")).isEqualTo(5);
    }

    @Test
    void twiceIsRefused() {
        running()
                .after(pause())
                .when(pause())
                .refused("already-paused", "\"default/hello\" is already paused on every selected cluster");
        running()
                .when(resume())
                .refused(
                        "not-paused",
                        "\"default/hello\" is not paused on any selected cluster;"
                                + " shiplog rollout status hello -n default shows what it waits for");
    }

    @Test
    void ofAReleaseInProgressDoesNotEndIt() {
        var story = application().after(apply(hello("hello:1.0.0")), pause());
        assertThat(story.state().result(1)).isEqualTo(ReleaseResult.IN_PROGRESS);
    }

    private static boolean paused(Application application, String cluster) {
        return new ApplicationDecider(HELLO)
                .assignment(application, cluster).objects().stream()
                        .filter(KubernetesObject::isWorkload)
                        .allMatch(workload -> workload.json()
                                .object("spec")
                                .at("paused")
                                .filter(Json.bool(true)::equals)
                                .isPresent());
    }
}
