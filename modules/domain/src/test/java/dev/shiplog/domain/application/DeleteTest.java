package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.hello;
import static dev.shiplog.domain.Samples.provider;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completed;
import static dev.shiplog.domain.application.ApplicationStories.delete;
import static dev.shiplog.domain.application.ApplicationStories.failed;
import static dev.shiplog.domain.application.ApplicationStories.removed;
import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.undo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.application.ApplicationCommand.Delete;
import dev.shiplog.domain.application.ApplicationEvent.ApplicationRemoved;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseEnded;
import dev.shiplog.domain.application.ApplicationEvent.RemovalRequested;
import dev.shiplog.domain.application.ApplicationEvent.RolloutRemoved;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeleteTest {

    @Test
    void asksEveryClusterAndEndsWhenTheLastHasReported() {
        running()
                .when(delete())
                .then(new RemovalRequested(List.of("eks-virginia", "gke-seoul", "onprem-busan"), 2))
                .byShiplog()
                .when(removed("gke-seoul", 2))
                .then(new RolloutRemoved("gke-seoul", 2))
                .after(removed("eks-virginia", 2))
                .when(removed("onprem-busan", 2))
                .then(new RolloutRemoved("onprem-busan", 2), new ApplicationRemoved())
                .byMira()
                .when(scale(5))
                .refused(
                        "unknown-application",
                        "application \"default/hello\" not found; shiplog get apps lists those there are");
    }

    @Test
    void endsAReleaseInProgress() {
        application()
                .after(apply(hello("hello:1.0.0")))
                .when(delete())
                .then(
                        new RemovalRequested(List.of("eks-virginia", "gke-seoul", "onprem-busan"), 2),
                        new ReleaseEnded(1, ReleaseResult.REMOVED));
    }

    @Test
    void fromOneClusterLeavesTheOthers() {
        var story = running().after(new Delete(provider("gke"))).byShiplog().after(removed("gke-seoul", 2));
        assertThat(story.state().targets()).containsOnlyKeys("eks-virginia", "onprem-busan");
        assertThat(story.state().result(1)).isEqualTo(ReleaseResult.COMPLETED);
    }

    @Test
    void twiceIsANoOp() {
        running().after(delete()).when(delete()).then(new NothingChanged(0, "already being deleted"));
    }

    @Test
    void againAfterItFailedIsANewTry() {
        running()
                .after(delete())
                .byShiplog()
                .after(failed("gke-seoul", 2))
                .byMira()
                .when(delete())
                .then(new RemovalRequested(List.of("gke-seoul"), 3));
    }

    @Test
    void leavesNothingToScaleOrUndo() {
        var deleting = running().after(delete());
        var sentence = "\"default/hello\" is being deleted from \"eks-virginia\", \"gke-seoul\", \"onprem-busan\"; "
                + "apply it again to keep it";
        deleting.when(scale(5)).refused("being-deleted", sentence);
        deleting.when(undo()).refused("being-deleted", sentence);
    }

    @Test
    void isCalledOffByANewRelease() {
        var story = running().after(delete(), apply(hello("hello:1.0.0")));
        assertThat(story.state().targets().get("gke-seoul")).isNotNull().returns(false, Target::removing);
        story.byShiplog().when(removed("gke-seoul", 2)).thenNothing();
        assertThat(story.byShiplog().after(completed("gke-seoul", 3)).state().exists())
                .isTrue();
    }
}
