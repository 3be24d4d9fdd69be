package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.configMap;
import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.rollout.CourseStories.canary;
import static dev.shiplog.domain.rollout.CourseStories.pause;
import static dev.shiplog.domain.rollout.CourseStories.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which objects are written for a layout besides the Deployment that has sides. */
class WrittenTest {

    private static final Strategy CANARY = canary(weight(25), pause());

    /** Stable pods may be restarted while a canary runs. */
    @Test
    void bothReleasesHaveTheirConfigurationWhileACanaryRuns() {
        assertThat(modes(held().applied())).containsExactly("quiet", "loud");
    }

    @Test
    void onlyTheReleaseThatIsLeftHasItsConfiguration() {
        var promoted =
                held().assign(RolloutStories.assignment(3, 2, release("2.0.0", "loud"), Directions.NONE.promoted(2)));
        assertThat(modes(promoted.objects())).containsExactly("loud");
    }

    /** The account that its pods run under, say. */
    @Test
    void whatOnlyTheNewReleaseHasIsThereBeforeItsPods() {
        var accounted = withStrategy(
                Samples.spec(deployment("hello", "hello:2.0.0", 4), service("hello"), account(), sidekick("2.0.0")),
                CANARY);
        var run = new Run(RolloutStories.rollout())
                .assign(1, 1, Samples.spec(deployment("hello", "hello:1.0.0", 4), service("hello"), sidekick("1.0.0")))
                .assign(2, 2, accounted);
        assertThat(run.applied()).extracting(KubernetesObject::kind).contains("ServiceAccount");
        assertThat(images(run.applied(), "sidekick")).as("of what both have").containsExactly("sidekick:1.0.0");
    }

    /** A manifest says how its pods are replaced, as long as the release asks for no limits. */
    @Test
    void aManifestThatRecreatesIsLeftAloneUnlessLimitsAreAskedFor() {
        var recreated = Samples.spec(recreated(deployment("hello", "hello:1.0.0", 4)), service("hello"));
        assertThat(replacement(new Run(RolloutStories.rollout()).assign(1, 1, recreated)))
                .isEqualTo(obj("type", "Recreate"));
        var limited = new Strategy.Rolling(Optional.of(Amount.parse("2")), Optional.empty(), Optional.empty());
        assertThat(replacement(new Run(RolloutStories.rollout()).assign(1, 1, withStrategy(recreated, limited))))
                .isEqualTo(obj("type", "RollingUpdate", "rollingUpdate", obj("maxSurge", 2, "maxUnavailable", "25%")));
    }

    private static Json.Obj replacement(Run run) {
        return CourseStories.deployment(run.applied(), "hello")
                .json()
                .object("spec")
                .object("strategy");
    }

    private static KubernetesObject recreated(KubernetesObject deployment) {
        return deployment.withJson(deployment
                .json()
                .withObject("spec", spec -> spec.with("strategy", obj("type", "Recreate"))));
    }

    @Test
    void howPodsAreReplacedIsTheNewReleasesWord() {
        var run = new Run(RolloutStories.rollout())
                .assign(1, 1, Samples.spec(recreated(deployment("hello", "hello:1.0.0", 4)), service("hello")))
                .assign(2, 2, release("2.0.0", "loud"));
        assertThat(replacement(run).text("type")).contains("RollingUpdate");
    }

    private static Run held() {
        return new Run(RolloutStories.rollout())
                .assign(1, 1, withStrategy(release("1.0.0", "quiet"), Strategy.AS_WRITTEN))
                .assign(2, 2, release("2.0.0", "loud"));
    }

    private static ReleaseSpec release(String version, String mode) {
        return withStrategy(
                Samples.spec(
                        deployment("hello", "hello:" + version, 4), service("hello"), configMap("conf", "mode", mode)),
                CANARY);
    }

    private static KubernetesObject account() {
        return new KubernetesObject(
                obj("apiVersion", "v1", "kind", "ServiceAccount", "metadata", obj("name", "hello")));
    }

    private static KubernetesObject sidekick(String version) {
        return deployment("sidekick", "sidekick:" + version, 1);
    }

    private static List<String> modes(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("ConfigMap"))
                .flatMap(object -> object.json().object("data").text("mode").stream())
                .toList();
    }

    private static Stream<String> images(List<KubernetesObject> objects, String name) {
        return CourseStories.deployment(objects, name)
                .json()
                .object("spec")
                .object("template")
                .object("spec")
                .list("containers")
                .stream()
                .flatMap(container -> ((Json.Obj) container).text("image").stream());
    }
}
