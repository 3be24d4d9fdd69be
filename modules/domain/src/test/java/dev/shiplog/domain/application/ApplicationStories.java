package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.FLEET;
import static dev.shiplog.domain.Samples.HELLO;
import static dev.shiplog.domain.Samples.hello;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand.Abort;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Delete;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationCommand.Pause;
import dev.shiplog.domain.application.ApplicationCommand.Promote;
import dev.shiplog.domain.application.ApplicationCommand.Report;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.application.ApplicationCommand.Resume;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationCommand.Switch;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The commands of the walkthrough, and the stories most tests begin with. */
final class ApplicationStories {

    static final Trouble IMAGE_PULL = new Trouble(Trouble.Kind.IMAGE_PULL, "hello:9.9.9: ImagePullBackOff");

    static final Strategy CANARY = Canaries.of(new CanaryStep.SetWeight(25), new CanaryStep.Pause(Optional.empty()));

    static final Strategy BLUE_GREEN = new Strategy.BlueGreen(
            Optional.empty(),
            Optional.empty(),
            new Strategy.AutoPromotion.Manual(),
            Optional.empty(),
            Strategy.CapacityCheck.ENFORCE,
            Optional.empty(),
            Optional.empty());

    private ApplicationStories() {}

    /** Hello with a Service, as colours need it. */
    static ReleaseSpec served(String image) {
        return Samples.spec(Samples.deployment("hello", image, 3), Samples.service("hello"));
    }

    static Promote promote(boolean full) {
        return new Promote(ClusterSelection.ALL, full);
    }

    static Abort abort() {
        return new Abort(ClusterSelection.ALL);
    }

    static Retry retry() {
        return new Retry(ClusterSelection.ALL);
    }

    static Switch switchTo(Role colour) {
        return new Switch(ClusterSelection.ALL, colour);
    }

    static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> application() {
        return Story.of(new ApplicationDecider(HELLO), FLEET);
    }

    /** Revision 1 is done on all three clusters. */
    static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> running() {
        return completedEverywhere(application().after(apply(hello("hello:1.0.0"))));
    }

    /** Everything that is owed is reported as done. */
    static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> completedEverywhere(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story) {
        return reportedEverywhere(story, new Result.Completed());
    }

    static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> reportedEverywhere(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story, Result result) {
        var told = story.byShiplog();
        for (var task : story.outstanding()) {
            var carry = (ApplicationTask.Carry) task;
            told = told.after(new Report(carry.cluster(), carry.generation(), result));
        }
        return told.byMira();
    }

    static Apply apply(ReleaseSpec spec) {
        return new Apply(spec, "");
    }

    static Scale scale(int replicas) {
        return new Scale(ClusterSelection.ALL, replicas);
    }

    static SetImage setImage(String container, String image) {
        return new SetImage(ClusterSelection.ALL, Map.of(container, image));
    }

    static SetImage setImage(ClusterSelection clusters, String container, String image) {
        return new SetImage(clusters, Map.of(container, image));
    }

    static Pause pause() {
        return new Pause(ClusterSelection.ALL);
    }

    static Resume resume() {
        return new Resume(ClusterSelection.ALL);
    }

    static Undo undo() {
        return new Undo(ClusterSelection.ALL, new Destination.Previous(), false);
    }

    static Undo undoTo(int revision) {
        return new Undo(ClusterSelection.ALL, new Destination.Revision(revision), false);
    }

    static Undo undoWithScale(int revision) {
        return new Undo(ClusterSelection.ALL, new Destination.Revision(revision), true);
    }

    static Undo undoTo(Instant moment) {
        return new Undo(ClusterSelection.ALL, new Destination.Moment(moment), false);
    }

    static Restart restart() {
        return new Restart(ClusterSelection.ALL);
    }

    static Delete delete() {
        return new Delete(ClusterSelection.ALL);
    }

    static Report completed(String cluster, int generation) {
        return new Report(cluster, generation, new Result.Completed());
    }

    static Report failed(String cluster, int generation) {
        return new Report(cluster, generation, new Result.Failed(IMAGE_PULL));
    }

    static Report removed(String cluster, int generation) {
        return new Report(cluster, generation, new Result.Removed());
    }

    /** The images that a cluster is to run now. */
    static java.util.List<String> images(Application application, String cluster) {
        return dev.shiplog.domain.release.Rendering.images(
                new ApplicationDecider(HELLO).assignment(application, cluster).objects());
    }

    /** The replicas that a cluster is to run now; 0 where it is left open. */
    static int replicas(Application application, String cluster) {
        return new ApplicationDecider(HELLO)
                .assignment(application, cluster).objects().stream()
                        .filter(dev.shiplog.domain.release.KubernetesObject::isWorkload)
                        .findFirst()
                        .orElseThrow()
                        .json()
                        .object("spec")
                        .number("replicas")
                        .orElse(0);
    }
}
