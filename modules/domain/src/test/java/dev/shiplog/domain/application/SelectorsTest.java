package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A Service that selects a version, as in row 16 of the walkthrough, and a canary that it would never find. */
class SelectorsTest {

    private static final Strategy RECREATE = new Strategy.Recreate(Optional.empty());

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
