package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.replicasOn;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.abort;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.promote;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static dev.shiplog.domain.application.ApplicationStories.setImage;

import dev.shiplog.domain.Story;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Canaries to whom no request would come, or who would have no pod, or far too many. */
class CanaryInputTest {

    private static final CanaryStep HALF = new CanaryStep.SetWeight(50);

    @Test
    void aServiceThatSelectsNoPods() {
        var stray = service("hello");
        var misspelt = stray.withJson(stray.json()
                .withObject("spec", spec -> spec.with("selector", obj("app", "helo", "tier", "web"))));
        refused(
                withStrategy(spec(deployment("hello", "hello:1.0.0", 3), misspelt), canary(HALF)),
                "spec.strategy.canary: no Service of the release selects the pods of Deployment \"hello\", so no request would"
                        + " come to a canary: Service \"hello\" selects app: helo, tier: web, which they don't have");
    }

    /** A worker; the share is one of its pods. */
    @Test
    void podsWithoutAServiceMayHaveACanary() {
        var worker = deployment("hello", "hello:1.0.0", 3);
        application().when(apply(withStrategy(spec(worker), canary(HALF)))).accepted();
        application()
                .when(apply(
                        withStrategy(spec(worker, deployment("auth", "auth:1.0.0"), service("auth")), canary(HALF))))
                .accepted();
        var outside = service("outside");
        var elsewhere = outside.withJson(outside.json()
                .withObject(
                        "spec",
                        spec -> spec.with("type", Json.text("ExternalName")).without("selector")));
        application()
                .when(apply(withStrategy(spec(worker, elsewhere), canary(HALF))))
                .accepted();
    }

    @Test
    void moreCanariesThanPods() {
        var many = canary(new CanaryStep.SetCanaryScale(1_000_000));
        refused(
                hello(3, many),
                "spec.strategy.canary.steps[0].setCanaryScale.replicas: 1000000 are more pods than \"hello\" is to have on"
                        + " \"eks-virginia\", 3; a canary has as many at most");
        application()
                .when(apply(hello(3, canary(new CanaryStep.SetCanaryScale(3)))))
                .accepted();
    }

    @Test
    void moreCanariesThanPodsOnOneCluster() {
        var busan = ClusterSelection.named("onprem-busan");
        refused(
                hello(3, canary(new CanaryStep.SetCanaryScale(3))).withOverrides(List.of(replicasOn(busan, 2))),
                "spec.strategy.canary.steps[0].setCanaryScale.replicas: 3 are more pods than \"hello\" is to have on"
                        + " \"onprem-busan\", 2; a canary has as many at most");
    }

    /** A release that leaves the number open keeps the one that was scaled to. */
    @Test
    void whatWasScaledToCounts() {
        var open = withStrategy(
                spec(deployment("hello", "hello:1.0.0"), service("hello")), canary(new CanaryStep.SetCanaryScale(1)));
        var scaled = completedEverywhere(application().after(apply(open), scale(5)));
        scaled.when(apply(withStrategy(open, canary(new CanaryStep.SetCanaryScale(5)))))
                .accepted();
        scaled.when(apply(withStrategy(open, canary(new CanaryStep.SetCanaryScale(6)))))
                .refused(
                        "invalid-release",
                        "spec.strategy.canary.steps[0].setCanaryScale.replicas: 6 are more pods than \"hello\" is to have"
                                + " on \"eks-virginia\", 5; a canary has as many at most");
    }

    /** In an incident nobody should have to change the file to set an image. */
    @Test
    void aFileIsNotWrongForASmallerScaleSince() {
        var many = withStrategy(
                spec(deployment("hello", "hello:1.0.0", 8), service("hello")),
                canary(new CanaryStep.SetCanaryScale(5)));
        completedEverywhere(application().after(apply(many), scale(2)))
                .when(ApplicationStories.setImage("hello", "hello:2.0.0"))
                .accepted();
    }

    @Test
    void noRoomForACanary() {
        refused(
                hello(1, careful(HALF)),
                "spec.strategy.canary.maxSurge: with 1 pod on \"eks-virginia\", and none more while the share moves, there is"
                        + " no room for a canary beside it; set maxSurge: 1, or ask for 2 replicas");
        application().when(apply(hello(2, careful(HALF)))).accepted();
        application().when(apply(hello(1, canary(HALF)))).accepted();
        application()
                .when(apply(hello(1, careful(new CanaryStep.SetCanaryScale(1)))))
                .accepted();
    }

    @Test
    void noRoomForACanaryAfterAScale() {
        var small = completedEverywhere(application().after(apply(hello(2, careful(HALF))), scale(1)));
        small.when(setImage("hello", "hello:2.0.0"))
                .refused(
                        "invalid-release",
                        "spec.strategy.canary.maxSurge: with 1 pod on \"eks-virginia\", and none more while the share moves,"
                                + " there is no room for a canary beside it; set maxSurge: 1, or ask for 2 replicas");
    }

    /** Two pods that the release itself asks for, of which a scale would leave one. */
    @Test
    void noRoomForTheCanaryThatIsTried() {
        var tried = tried(careful(HALF));
        tried.when(scale(1))
                .refused(
                        "no-room-for-canary",
                        "cannot scale \"default/hello\" to 1 while a canary of it is tried on \"eks-virginia\","
                                + " \"gke-seoul\", \"onprem-busan\": with maxSurge 0 a single pod has none beside it, so"
                                + " there would be no canary; scale to 2 or more, or first shiplog rollout promote hello -n"
                                + " default --full, or shiplog rollout abort hello -n default");
        tried.when(scale(3)).accepted();
        tried.when(scale(0)).accepted();
        tried(canary(HALF)).when(scale(1)).accepted();
    }

    @Test
    void roomForNoCanaryIsNeededOnceItIsPromotedOrAborted() {
        tried(careful(HALF)).after(promote(true)).when(scale(1)).accepted();
        tried(careful(HALF)).after(abort()).when(scale(1)).accepted();
        application().after(apply(hello(2, careful(HALF)))).when(scale(1)).accepted();
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> tried(Strategy strategy) {
        var first = completedEverywhere(application().after(apply(hello(2, strategy))));
        return first.after(setImage("hello", "hello:2.0.0"));
    }

    private static void refused(ReleaseSpec spec, String sentence) {
        application().when(apply(spec)).refused("invalid-release", sentence);
    }

    private static ReleaseSpec hello(int replicas, Strategy strategy) {
        return withStrategy(spec(deployment("hello", "hello:1.0.0", replicas), service("hello")), strategy);
    }

    private static Strategy canary(CanaryStep step) {
        return canary(step, Optional.empty());
    }

    /** Never a pod more. */
    private static Strategy careful(CanaryStep step) {
        return canary(step, Optional.of(Amount.pods(0)));
    }

    private static Strategy canary(CanaryStep step, Optional<Amount> maxSurge) {
        return new Strategy.Canary(
                List.of(step, new CanaryStep.Pause(Optional.empty())),
                maxSurge,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
