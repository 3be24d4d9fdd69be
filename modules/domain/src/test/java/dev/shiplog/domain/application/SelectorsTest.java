package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.BLUE_GREEN;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.undo;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Service that selects a version, as in row 16 of the walkthrough, and whom it leaves without pods on the way. */
class SelectorsTest {

    private static final Strategy RECREATE = new Strategy.Recreate(Optional.empty());

    @Test
    void aRollingUpdateNeverPointsUsersAtPodsThatAreNotThereYet() {
        running(versioned("1.0.0", "1.0.0", Strategy.AS_WRITTEN))
                .when(apply(versioned("2.0.0", "2.0.0", Strategy.AS_WRITTEN)))
                .refused(
                        "invalid-release",
                        "spec.objects[1].spec.selector: Service \"hello\" selects version: 2.0.0, which the pods that run on"
                                + " \"eks-virginia\" don't have: nobody would be served until the new ones are ready; leave"
                                + " version out of the selector, or use blueGreen");
    }

    @Test
    void aCanaryNeverDoesEither() {
        running(versioned("1.0.0", "", CANARY))
                .when(apply(versioned("2.0.0", "2.0.0", CANARY)))
                .refused(
                        "invalid-release",
                        "spec.objects[1].spec.selector: Service \"hello\" selects version: 2.0.0, which the pods that run on"
                                + " \"eks-virginia\" don't have: nobody would be served until the new ones are ready; leave"
                                + " version out of the selector, or use blueGreen");
    }

    /** While there is a canary the Services are those of the last good release. */
    @Test
    void aCanaryIsRefusedWhereTheServiceThatIsThereWouldNeverSendItARequest() {
        running(versioned("1.0.0", "1.0.0", RECREATE))
                .when(apply(versioned("2.0.0", "", CANARY)))
                .refused(
                        "invalid-release",
                        "spec.strategy.canary: Service \"hello\" on \"eks-virginia\" selects version: 1.0.0, which the canary's"
                                + " pods don't have, so no request would come to them; release the Service once without"
                                + " version in its selector, with strategy rolling, and then this one");
    }

    @Test
    void theWayThatTheSentenceSaysIsOpen() {
        var withoutVersion = versioned("1.0.0", "", Strategy.AS_WRITTEN);
        var story = completedEverywhere(
                running(versioned("1.0.0", "1.0.0", RECREATE)).after(apply(withoutVersion)));
        story.when(apply(versioned("2.0.0", "", CANARY))).accepted();
        story.when(apply(versioned("2.0.0", "", Strategy.AS_WRITTEN))).accepted();
    }

    @Test
    void recreateServesNobodyForAWhileAnyhow() {
        var story = running(versioned("1.0.0", "1.0.0", RECREATE));
        completedEverywhere(
                        story.when(apply(versioned("2.0.0", "2.0.0", RECREATE))).accepted())
                .when(undo())
                .accepted();
    }

    @Test
    void coloursAreSwitchedToWhenTheyAreReady() {
        var story = running(versioned("1.0.0", "1.0.0", Strategy.AS_WRITTEN));
        var green = story.when(apply(versioned("2.0.0", "2.0.0", BLUE_GREEN))).accepted();
        reportedEverywhere(green, new Result.Completed(Optional.of(Role.GREEN), Optional.empty()))
                .when(apply(versioned("3.0.0", "3.0.0", Strategy.AS_WRITTEN)))
                .accepted();
    }

    /** Somebody who points users at something else means it. */
    @Test
    void aServiceThatIsPointedAtPodsOfAnotherReleaseIsNoConcern() {
        var elsewhere = service("hello");
        var maintenance = elsewhere.withJson(elsewhere
                .json()
                .withObject("spec", spec -> spec.with("selector", obj("app", "maintenance"))));
        running(versioned("1.0.0", "1.0.0", Strategy.AS_WRITTEN))
                .when(apply(spec(deployment("hello", "hello:2.0.0", 3), maintenance)))
                .accepted();
    }

    @Test
    void aServiceThatNobodyCameByYetMaySelectWhatItLikes() {
        var next = versioned("2.0.0", "2.0.0", Strategy.AS_WRITTEN);
        running(spec(deployment("hello", "hello:1.0.0", 3))).when(apply(next)).accepted();
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> running(ReleaseSpec spec) {
        return completedEverywhere(application().after(apply(spec)));
    }

    /** @param selected the version that the Service selects; empty: any */
    private static ReleaseSpec versioned(String version, String selected, Strategy strategy) {
        var pods = deployment("hello", "hello:" + version, 3);
        var labelled = pods.withJson(pods.json()
                .withObject(
                        "spec",
                        spec -> spec.withObject(
                                "template",
                                template -> template.withObject(
                                        "metadata",
                                        metadata -> metadata.withObject(
                                                "labels", labels -> labels.with("version", Json.text(version)))))));
        return withStrategy(
                spec(labelled, selected.isEmpty() ? service("hello") : selecting(service("hello"), selected)),
                strategy);
    }

    private static KubernetesObject selecting(KubernetesObject service, String version) {
        return service.withJson(service.json()
                .withObject(
                        "spec",
                        spec -> spec.withObject("selector", selector -> selector.with("version", Json.text(version)))));
    }
}
