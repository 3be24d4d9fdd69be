package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.labelled;
import static dev.shiplog.domain.Samples.selecting;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.rollout.CourseStories.MANUAL;
import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Service that selects a version finds its pods while they are replaced by those of another one: until all are of one
 * version it selects what the Deployment does.
 */
class VersionedServiceTest {

    private static final Strategy ROLLING = Strategy.AS_WRITTEN;

    private static final Strategy CANARY = canary(weight(25), pause());

    @Test
    void selectsBothVersionsWhileOneTakesThePlaceOfTheOther() {
        running(versioned(1, ROLLING))
                .assign(2, 2, versioned(2, ROLLING))
                .then("plain:new*4 >plain (wide)", "plain:new*4 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void isAsItIsWrittenInTheEnd() {
        var run = running(versioned(1, ROLLING)).assign(2, 2, versioned(2, ROLLING));
        assertThat(selector(run.applied())).isEqualTo(Map.of("app", "hello", "version", "2.0.0"));
    }

    @Test
    void selectsWhatTheDeploymentDoesMeanwhile() {
        var run = running(versioned(1, ROLLING)).broken(2).assign(2, 2, versioned(2, ROLLING));
        assertThat(selector(run.applied())).isEqualTo(Map.of("app", "hello"));
    }

    /** Not an extra step for those who don't need one: {@code tier: web} is what all releases have. */
    @Test
    void isLeftAloneWhereBothVersionsHaveWhatItSelects() {
        running(tiered(1)).assign(2, 2, tiered(2)).then("plain:new*4 >plain");
    }

    @Test
    void isLeftAloneWhereItSelectsBothAnyhow() {
        running(versioned(1, ROLLING)).assign(2, 2, any(2, ROLLING)).then("plain:new*4 >plain");
    }

    @Test
    void theWayBackIsSafeToo() {
        running(versioned(1, ROLLING))
                .assign(2, 2, any(2, ROLLING))
                .assign(3, 3, versioned(1, ROLLING))
                .then("plain:new*4 >plain (wide)", "plain:new*4 >plain");
    }

    @Test
    void anAbortFindsThePodsThatAreReplacedAlready() {
        running(versioned(1, ROLLING))
                .broken(2)
                .assign(2, 2, versioned(2, ROLLING))
                .assign(assignment(3, 2, versioned(2, ROLLING), Directions.NONE.abort()))
                .then("plain:good*4 >plain (good) (wide)", "plain:good*4 >plain (good)")
                .stands(Rollout.Stage.Aborted.class);
    }

    /** Of the pods of a release that never came to its end nothing is known but the Deployment they are of. */
    @Test
    void whatSupersedesAReleaseOnItsWayFindsItsPods() {
        running(versioned(1, ROLLING))
                .brokenOnly(2)
                .assign(2, 2, versioned(2, ROLLING))
                .assign(3, 3, versioned(1, ROLLING))
                .then("plain:new*4 >plain (wide)", "plain:new*4 >plain");
    }

    /**
     * Found by the simulation: a canary began with the last good release, of which no pod had come yet; it failed, and the
     * pods of the release before it served on.
     */
    @Test
    void findsThePodsOfAReleaseThatTheLastGoodOneWasToReplace() {
        running(versioned(1, ROLLING))
                .brokenOnly(2)
                .assign(2, 2, versioned(2, ROLLING))
                .assignUnheard(3, 3, versioned(3, CANARY))
                .assign(4, 4, versioned(1, ROLLING))
                .then("plain:new*4 >plain (wide)", "plain:new*4 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    /** A worker of the same release has the same {@code app}, and is nobody to send users to. */
    @Test
    void selectsNoPodsOfOtherDeployments() {
        var selected = new Run(rollout())
                .assign(1, 1, withWorker(1))
                .broken(2)
                .assign(2, 2, withWorker(2))
                .applied();
        assertThat(selector(selected)).isEqualTo(Map.of("app", "hello", "component", "web"));
    }

    /** The same release once more, scaled or not, of which nobody knows how far it came. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void isNotNarrowedBeforeThePodsHaveBeenSeenOnceMore(int replicas) {
        var run = running(versioned(1, ROLLING)).broken(2).assign(2, 2, versioned(2, ROLLING));
        run.assign(3, 2, versioned(2, ROLLING, replicas)).then("plain:new*" + replicas + " >plain (wide)");
    }

    @Test
    void findsACanaryBesideStable() {
        var run = running(versioned(1, ROLLING))
                .assign(2, 2, versioned(2, CANARY))
                .then(
                        "plain:good*4 canary:new*1 >plain (good) (wide)",
                        "plain:good*3 canary:new*1 >plain (good) (wide)")
                .stands(Rollout.Stage.Holding.class);
        assertThat(selector(run.applied())).isEqualTo(Map.of("app", "hello"));
    }

    /** At first it has none, so that there is nothing to find. */
    @Test
    void findsACanaryThatGetsItsPodsByAScale() {
        var none = canary(weight(0), pause());
        running(versioned(1, ROLLING))
                .assign(2, 2, versioned(2, none))
                .assign(3, 2, versioned(2, canary(weight(50), pause())))
                .then(
                        "plain:good*4 canary:new*1 >plain (good) (wide)",
                        "plain:good*2 canary:new*1 >plain (good) (wide)",
                        "plain:good*2 canary:new*2 >plain (good) (wide)");
    }

    @Test
    void isAsItWasWhenTheCanaryIsAborted() {
        running(versioned(1, ROLLING))
                .assign(2, 2, versioned(2, CANARY))
                .assign(assignment(3, 2, versioned(2, CANARY), Directions.NONE.abort()))
                .then(
                        "plain:good*4 canary:new*1 >plain (good) (wide)",
                        "plain:good*4 canary:new*0 >plain (good) (wide)",
                        "plain:good*4 >plain (good)")
                .stands(Rollout.Stage.Aborted.class);
    }

    /** Who recreates what was superseded on its way waits for nothing, and least of all for its pods. */
    @Test
    void recreatesWhatWasSupersededOnItsWayAtOnce() {
        running(versioned(1, ROLLING))
                .broken(2)
                .assign(2, 2, versioned(2, ROLLING))
                .assign(3, 3, versioned(3, new Strategy.Recreate(Optional.empty())))
                .then("plain:new*4 >plain");
    }

    /** The first Service, and nobody knows who comes by it, or one that the next release has no more. */
    @Test
    void findsThePodsThoughOnlyOneOfTheReleasesHasIt() {
        var without = Samples.spec(pods(1, 4));
        running(without).assign(2, 2, versioned(2, ROLLING)).then("plain:new*4 >plain (wide)", "plain:new*4 >plain");
        running(versioned(1, ROLLING))
                .assign(2, 2, Samples.withStrategy(Samples.spec(pods(2, 4)), CANARY))
                .then(
                        "plain:good*4 canary:new*1 >plain (good) (wide)",
                        "plain:good*3 canary:new*1 >plain (good) (wide)");
    }

    @Test
    void aPromotedCanaryRollsIntoStableBehindIt() {
        running(any(1, ROLLING))
                .assign(2, 2, versioned(2, CANARY))
                .assign(assignment(3, 2, versioned(2, CANARY), Directions.NONE.promoted(2)))
                .then(
                        "plain:good*3 canary:new*1 >plain (good)",
                        "plain:new*3 canary:new*1 >plain (wide)",
                        "plain:new*4 canary:new*1 >plain (wide)",
                        "plain:new*4 canary:new*0 >plain (wide)",
                        "plain:new*4 >plain")
                .stands(Rollout.Stage.Completed.class);
    }

    @Test
    void whoRecreatesServesNobodyForAWhileAnyhow() {
        var recreate = new Strategy.Recreate(Optional.empty());
        running(versioned(1, recreate)).assign(2, 2, versioned(2, recreate)).then("plain:new*4 >plain");
    }

    @Test
    void coloursAreSwitchedToWhenTheyAreReady() {
        running(versioned(1, MANUAL)).assign(2, 2, versioned(2, MANUAL)).then("blue:good*4 green:new*4 >blue (good)");
    }

    private static Run running(ReleaseSpec spec) {
        return new Run(rollout()).assign(1, 1, spec);
    }

    private static Map<String, String> selector(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("Service"))
                .map(CourseStories::selector)
                .findFirst()
                .orElseThrow();
    }

    private static ReleaseSpec versioned(int version, Strategy strategy) {
        return versioned(version, strategy, 4);
    }

    private static ReleaseSpec versioned(int version, Strategy strategy, int replicas) {
        var words = version + ".0.0";
        return Samples.withStrategy(
                Samples.spec(pods(version, replicas), selecting(service("hello"), "version", words)), strategy);
    }

    /** The pods have a version, and the Service selects any. */
    private static ReleaseSpec any(int version, Strategy strategy) {
        return Samples.withStrategy(Samples.spec(pods(version, 4), service("hello")), strategy);
    }

    private static ReleaseSpec withWorker(int version) {
        return Samples.spec(
                of("web", pods(version, 4)),
                of("worker", deployment("worker", "worker:1", 1)),
                selecting(service("hello"), "version", version + ".0.0"));
    }

    private static KubernetesObject of(String component, KubernetesObject deployment) {
        UnaryOperator<Json.Obj> labels =
                all -> all.with("app", Json.text("hello")).with("component", Json.text(component));
        return deployment.withJson(deployment
                .json()
                .withObject(
                        "spec",
                        spec -> spec.withObject("selector", selector -> selector.withObject("matchLabels", labels))
                                .withObject(
                                        "template",
                                        template -> template.withObject(
                                                "metadata", metadata -> metadata.withObject("labels", labels)))));
    }

    private static ReleaseSpec tiered(int version) {
        return Samples.spec(labelled(pods(version, 4), "tier", "web"), selecting(service("hello"), "tier", "web"));
    }

    private static KubernetesObject pods(int version, int replicas) {
        var words = version + ".0.0";
        return labelled(deployment("hello", "hello:" + words, replicas), "version", words);
    }
}
