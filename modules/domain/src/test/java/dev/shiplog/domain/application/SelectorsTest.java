package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.labelled;
import static dev.shiplog.domain.Samples.selecting;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.CANARY;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import org.junit.jupiter.api.Test;

/** A Service that never finds a canary. */
class SelectorsTest {

    /** While there is a canary the Services are those of the last good release. */
    @Test
    void aCanaryIsRefusedWhereTheServiceThatIsThereWouldNeverSendItARequest() {
        running(released("1.0.0", selecting(service("hello"), Role.TRACK, Role.STABLE), Strategy.AS_WRITTEN))
                .when(apply(released("2.0.0", service("hello"), CANARY)))
                .refused(
                        "invalid-release",
                        "spec.strategy.canary: Service \"hello\" on \"eks-virginia\" selects track: stable, which the canary's"
                                + " pods don't have, so no request would come to them; release the Service once without"
                                + " track in its selector, with strategy rolling, and then this one");
    }

    @Test
    void theWayThatTheSentenceSaysIsOpen() {
        var pinned = released("1.0.0", selecting(service("hello"), Role.TRACK, Role.STABLE), Strategy.AS_WRITTEN);
        var story = completedEverywhere(
                running(pinned).after(apply(released("1.0.0", service("hello"), Strategy.AS_WRITTEN))));
        story.when(apply(released("2.0.0", service("hello"), CANARY))).accepted();
    }

    /** It is widened as long as there is a canary. */
    @Test
    void aVersionIsNoHindrance() {
        running(versioned("1.0.0", Strategy.AS_WRITTEN))
                .when(apply(versioned("2.0.0", CANARY)))
                .accepted();
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> running(ReleaseSpec spec) {
        return completedEverywhere(application().after(apply(spec)));
    }

    private static ReleaseSpec released(String version, KubernetesObject service, Strategy strategy) {
        var pods = labelled(deployment("hello", "hello:" + version, 3), Role.TRACK, Role.STABLE);
        return withStrategy(spec(pods, service), strategy);
    }

    private static ReleaseSpec versioned(String version, Strategy strategy) {
        var pods = labelled(deployment("hello", "hello:" + version, 3), "version", version);
        return withStrategy(spec(pods, selecting(service("hello"), "version", version)), strategy);
    }
}
