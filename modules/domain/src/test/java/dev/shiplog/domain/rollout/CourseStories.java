package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Releases with the strategies that have steps, and the rollouts that most tests begin with. */
final class CourseStories {

    static final Strategy MANUAL = blueGreen(new Strategy.AutoPromotion.Manual(), Optional.empty());

    static final Strategy AT_ONCE = blueGreen(Strategy.AutoPromotion.AT_ONCE, Optional.empty());

    private CourseStories() {}

    static Map<String, String> selector(KubernetesObject service) {
        var selector = service.json().object("spec").object("selector");
        var texts = new LinkedHashMap<String, String>();
        selector.members()
                .keySet()
                .forEach(key -> texts.put(key, selector.text(key).orElse("")));
        return texts;
    }

    static String words(Layout layout) {
        return layout.sides().entrySet().stream()
                        .map(side -> side.getKey().word() + ":"
                                + side.getValue().content().name().toLowerCase(java.util.Locale.ROOT) + "*"
                                + side.getValue().pods())
                        .collect(Collectors.joining(" "))
                + " >" + layout.serving().map(role -> role.word()).orElse("nobody")
                + (layout.shared() == Content.GOOD ? " (good)" : "")
                + (layout.traffic().widened() ? " (wide)" : "")
                + layout.traffic().weight().map(weight -> " " + weight + "%").orElse("");
    }

    static ReleaseSpec spec(int version, int replicas, Strategy strategy) {
        return Samples.withStrategy(
                Samples.spec(
                        Samples.deployment("hello", "hello:" + version + ".0.0", replicas), Samples.service("hello")),
                strategy);
    }

    /** The same, where the number of pods is left open. */
    static ReleaseSpec open(int version, Strategy strategy) {
        return Samples.withStrategy(
                Samples.spec(Samples.deployment("hello", "hello:" + version + ".0.0"), Samples.service("hello")),
                strategy);
    }

    static Strategy.Canary canary(CanaryStep... steps) {
        return Canaries.of(steps);
    }

    static CanaryStep weight(int weight) {
        return new CanaryStep.SetWeight(weight);
    }

    static CanaryStep pause() {
        return new CanaryStep.Pause(Optional.empty());
    }

    static CanaryStep pause(Duration duration) {
        return new CanaryStep.Pause(Optional.of(duration));
    }

    static Strategy blueGreen(Strategy.AutoPromotion promotion, Optional<Integer> previewReplicas) {
        return new Strategy.BlueGreen(
                Optional.empty(),
                Optional.empty(),
                promotion,
                previewReplicas,
                Strategy.CapacityCheck.ENFORCE,
                Optional.of(Duration.ofMinutes(5)),
                Optional.empty());
    }

    /** Revision 1 runs plainly with so many pods. */
    static Run plain(int replicas) {
        return new Run(rollout()).assign(1, 1, spec(1, replicas, Strategy.AS_WRITTEN));
    }

    /** Revision 1 runs in blue. */
    static Run blue(int replicas, Strategy strategy) {
        return new Run(rollout()).assign(1, 1, spec(1, replicas, strategy));
    }

    static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> held() {
        return plain(4).assign(2, 2, spec(2, 4, canary(weight(25), pause(Duration.ofMinutes(5)))))
                .story();
    }

    static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> aborted() {
        var strategy = canary(weight(25), pause());
        return plain(4).assign(2, 2, spec(2, 4, strategy))
                .assign(assignment(3, 2, spec(2, 4, strategy), Directions.NONE.abort()))
                .story();
    }

    static Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> kept() {
        return blue(3, blueGreen(Strategy.AutoPromotion.AT_ONCE, Optional.empty()))
                .assign(2, 2, spec(2, 3, blueGreen(Strategy.AutoPromotion.AT_ONCE, Optional.empty())))
                .story();
    }

    /** The same, paused or resumed by somebody. */
    static Assignment byHand(Run run, int generation, boolean paused) {
        var present = run.story().state().assignment().orElseThrow();
        return new Assignment(
                present.application(),
                present.cluster(),
                generation,
                present.revision(),
                present.objects(),
                present.strategy(),
                present.directions(),
                paused,
                false,
                false,
                "");
    }

    /** The spec of the first Service. */
    static Json.Obj service(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("Service"))
                .findFirst()
                .orElseThrow()
                .json()
                .object("spec");
    }

    static KubernetesObject deployment(List<KubernetesObject> objects, String name) {
        return objects.stream()
                .filter(object -> object.isWorkload() && object.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
