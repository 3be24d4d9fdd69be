package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.labelled;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.selecting;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.application.StrategyStories.HALF;
import static dev.shiplog.domain.application.StrategyStories.accepted;
import static dev.shiplog.domain.application.StrategyStories.refused;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.BlueGreen;
import dev.shiplog.domain.release.Strategy.Canary;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a strategy is told where it is written, before anything is asked of a cluster. */
class StrategyInputTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void aWeightIsAPercentage(int weight) {
        refused(
                Canaries.of(HALF, new CanaryStep.SetWeight(weight)),
                "spec.strategy.canary.steps[1].setWeight",
                "must be from 0 to 100, not " + weight);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void allAndNothingAreWeightsToo(int weight) {
        accepted(Canaries.of(new CanaryStep.SetWeight(weight)));
    }

    @Test
    void aCanaryHasSteps() {
        refused(
                Canaries.of(),
                "spec.strategy.canary.steps",
                "at least one step is needed, e.g. - setWeight: 25, then - pause: {}");
        refused(
                Canaries.of(new CanaryStep.SetCanaryScale(-1)),
                "spec.strategy.canary.steps[0].setCanaryScale.replicas",
                "must be 0 or more");
        accepted(Canaries.of(new CanaryStep.SetCanaryScale(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void aPauseLasts(int seconds) {
        refused(
                Canaries.of(HALF, new CanaryStep.Pause(Optional.of(Duration.ofSeconds(seconds)))),
                "spec.strategy.canary.steps[1].pause.duration",
                "must be more than 0; without one it waits until promoted");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 86_401})
    void clientsAreKeptForADayAtMost(int seconds) {
        refused(
                affine(seconds),
                "spec.strategy.canary.sessionAffinity.timeoutSeconds",
                "must be from 1 to 86400 (a day)");
        accepted(affine(1));
        accepted(affine(86_400));
    }

    @Test
    void nothingIsKeptForLessThanNoTime() {
        refused(
                Canaries.kept(Canaries.of(HALF), Duration.ofSeconds(-1)),
                "spec.strategy.canary.scaleDownDelay",
                "may not be negative");
        refused(
                colours(Optional.empty(), Duration.ofSeconds(-1), Optional.empty()),
                "spec.strategy.blueGreen.scaleDownDelay",
                "may not be negative");
        refused(windowed(-1), "spec.strategy.canary.rollbackWindow", "must be 0 or more");
        accepted(windowed(0));
    }

    @Test
    void aDeadlineIsInTheFuture() {
        refused(
                new Strategy.Rolling(Optional.empty(), Optional.empty(), Optional.of(0)),
                "spec.strategy.rolling.progressDeadlineSeconds",
                "must be more than 0");
        refused(
                new Canary(
                        List.of(HALF),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(0),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                "spec.strategy.canary.progressDeadlineSeconds",
                "must be more than 0");
        accepted(new Strategy.Rolling(Optional.empty(), Optional.empty(), Optional.of(1)));
    }

    @Test
    void aPreviewHasPods() {
        refused(
                colours(Optional.of(0), Duration.ZERO, Optional.empty()),
                "spec.strategy.blueGreen.previewReplicas",
                "must be 1 or more; leave it out for all");
        accepted(colours(Optional.of(1), Duration.ZERO, Optional.empty()));
    }

    @Test
    void aServiceThatIsNamedIsInTheReleaseAndSelectsThePods() {
        var named = colours(Optional.empty(), Duration.ZERO, Optional.of("front"));
        refused(
                named,
                "spec.strategy.blueGreen.activeService",
                "the release has no Service \"front\"; add it to spec.objects");
        refused(
                named,
                "spec.strategy.blueGreen.activeService",
                "Service \"front\" does not select the pods of Deployment \"hello\"; its selector has to fit their labels",
                deployment("hello", "hello:1.0.0", 3),
                service("front"));
    }

    @Test
    void aServiceIsForUsersOrForALook() {
        refused(
                new BlueGreen(
                        Optional.of("hello"),
                        Optional.of("hello"),
                        new Strategy.AutoPromotion.Manual(),
                        Optional.empty(),
                        Strategy.CapacityCheck.ENFORCE,
                        Optional.empty(),
                        Optional.empty()),
                "spec.strategy.blueGreen.previewService",
                "must be another Service than activeService");
    }

    @Test
    void aServiceThatSelectsTheTrackWouldNeverSendACanaryARequest() {
        refused(
                Canaries.of(HALF),
                "spec.strategy.canary",
                "Service \"hello\" selects track, which tells the canary's pods from the stable ones; take it out of the"
                        + " selector, so that both are served",
                labelled(deployment("hello", "hello:1.0.0", 3), "track", "stable"),
                selecting(service("hello"), "track", "stable"));
    }

    @Test
    void sidesAreOfADeploymentThatNothingElseScalesOrIsCalledAs() {
        refused(
                Canaries.of(HALF),
                "spec.strategy.canary",
                "the release has no Deployment to carry it out for; use rolling, or leave it out",
                service("hello"));
        refused(
                Canaries.of(HALF),
                "spec.strategy.canary",
                "the release has a Deployment \"hello-canary\" itself; Shiplog makes that one",
                deployment("hello", "hello:1.0.0", 3),
                deployment("hello-canary", "hello:1.0.0", 3));
        refused(
                Canaries.of(HALF),
                "spec.strategy.canary",
                "HorizontalPodAutoscaler \"more\" sets the number of pods of \"hello\" too; a canary and colours need a"
                        + " number of their own",
                deployment("hello", "hello:1.0.0", 3),
                scaler("hello"));
        accepted(Canaries.of(HALF), deployment("hello", "hello:1.0.0", 3), scaler("other"));
    }

    private static KubernetesObject scaler(String deployment) {
        return new KubernetesObject(obj(
                "apiVersion",
                "autoscaling/v2",
                "kind",
                "HorizontalPodAutoscaler",
                "metadata",
                obj("name", "more"),
                "spec",
                obj("scaleTargetRef", obj("kind", "Deployment", "name", deployment))));
    }

    private static Canary affine(int seconds) {
        return new Canary(
                List.of(HALF),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Strategy.SessionAffinity(seconds)),
                Optional.empty(),
                Optional.empty());
    }

    private static Canary windowed(int releases) {
        return new Canary(
                List.of(HALF),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(releases));
    }

    private static BlueGreen colours(Optional<Integer> preview, Duration delay, Optional<String> active) {
        return new BlueGreen(
                active,
                Optional.empty(),
                new Strategy.AutoPromotion.Manual(),
                preview,
                Strategy.CapacityCheck.ENFORCE,
                Optional.of(delay),
                Optional.empty());
    }
}
