package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Service;
import dev.shiplog.domain.rollout.Observation.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rollouts over many layouts, against a cluster on which everything works at once: it shows what was written, every pod
 * ready, until the rollout waits for somebody or has ended.
 */
final class CourseStories {

    static final Strategy MANUAL = blueGreen(new Strategy.AutoPromotion.Manual(), Optional.empty());

    private CourseStories() {}

    /** One run of a rollout, and the layouts that it went through, e.g. {@code plain:good*3 canary:new*1 >plain}. */
    static final class Run {
        private Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story;
        private final List<String> layouts = new ArrayList<>();
        private IntPredicate broken = revision -> false;
        private boolean deletes = true;
        private boolean away;
        private Predicate<Layout> interruptedAt = layout -> false;
        private Optional<Role> deletedServicesOf = Optional.empty();
        private List<KubernetesObject> applied = List.of();

        Run(Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story) {
            this.story = story;
        }

        Run assign(int generation, int revision, ReleaseSpec spec) {
            return assign(assignment(generation, revision, spec, Directions.NONE));
        }

        Run assign(Assignment assignment) {
            layouts.clear();
            story = story.after(new RolloutCommand.Assign(assignment));
            return work();
        }

        /** From now on the pods of a revision never become ready. */
        Run broken(int revision) {
            broken = other -> other >= revision;
            return this;
        }

        /** From now on those of this revision aren't ready any more. */
        Run brokenOnly(int revision) {
            broken = other -> other == revision;
            return this;
        }

        /** From now on nothing that is to be deleted goes. */
        Run undeleted() {
            deletes = false;
            return this;
        }

        /** The cluster can't be reached for as long as this assignment is the newest. */
        Run assignUnheard(int generation, int revision, ReleaseSpec spec) {
            away = true;
            var unheard = assign(generation, revision, spec);
            away = false;
            return unheard;
        }

        /** Nothing more happens as soon as this side is to serve. */
        Run interruptedAt(Role role) {
            interruptedAt = layout -> layout.serving().filter(role::equals).isPresent();
            return this;
        }

        /** Nothing more happens as soon as this layout is to be written. */
        Run interruptedAt(String layout) {
            interruptedAt = other -> words(other).equals(layout);
            return this;
        }

        private boolean isInterrupted() {
            return interruptedAt.test(story.state().layout());
        }

        /** Somebody deletes the Services as soon as they lead to this side; written once more they stay. */
        Run withoutServicesOf(Role role) {
            deletedServicesOf = Optional.of(role);
            return this;
        }

        Run passing(Duration time) {
            layouts.clear();
            story = story.later(time).after(new RolloutCommand.PassTime());
            return work();
        }

        Run work() {
            for (int i = 0; i < 100 && !away && !isInterrupted(); i++) {
                var before = story.state();
                for (var task : story.outstanding()) {
                    switch (task) {
                        case RolloutTask.Apply apply -> {
                            var layout = words(before.layout());
                            if (layouts.contains(layout)) {
                                deletedServicesOf = Optional.empty();
                            }
                            layouts.add(layout);
                            applied = apply.objects();
                            story = story.after(new RolloutCommand.ConfirmApplied(
                                    apply.assignment().generation(), apply.leg()));
                        }
                        case RolloutTask.Delete delete -> {
                            if (deletes) {
                                story = story.after(
                                        new RolloutCommand.ConfirmDeleted(delete.generation(), delete.objects()));
                            }
                        }
                        case RolloutTask.Watch ignored -> story = story.after(observe(story));
                        case RolloutTask.Await ignored -> {}
                        case RolloutTask.Tell ignored -> {}
                    }
                }
                if (story.state().equals(before)) {
                    return this;
                }
            }
            if (away || isInterrupted()) {
                return this;
            }
            throw new AssertionError("comes to no end: " + layouts);
        }

        private RolloutCommand observe(Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> now) {
            var rollout = now.state();
            var workloads = rollout.objects().stream()
                    .filter(KubernetesObject::isWorkload)
                    .map(workload -> shown(workload, rollout.mark()))
                    .toList();
            var services = rollout.objects().stream()
                    .filter(object -> deletedServicesOf.isEmpty()
                            || !deletedServicesOf.equals(rollout.layout().serving()))
                    .filter(object -> object.kind().equals("Service"))
                    .map(service -> new Service(service.name(), selector(service), ready(service, rollout)))
                    .toList();
            return new RolloutCommand.Observe(new Observation(
                    Samples.HELLO, "gke-seoul", now.now(), workloads, services, Optional.empty(), List.of()));
        }

        private Workload shown(KubernetesObject workload, Mark mark) {
            int pods = workload.json().object("spec").number("replicas").orElse(1);
            int ready = ready(workload);
            return new Workload(
                    workload.name(),
                    mark,
                    revision(workload),
                    1,
                    1,
                    pods,
                    pods,
                    pods,
                    ready,
                    ready,
                    false,
                    List.of(),
                    ready < pods ? Optional.of("timed out") : Optional.empty(),
                    Optional.empty());
        }

        private int ready(KubernetesObject workload) {
            return broken.test(revision(workload))
                    ? 0
                    : workload.json().object("spec").number("replicas").orElse(1);
        }

        /** Ready endpoints by Deployment. */
        private Map<String, Integer> ready(KubernetesObject service, Rollout rollout) {
            return rollout.objects().stream()
                    .filter(KubernetesObject::isWorkload)
                    .filter(workload -> selects(service, workload))
                    .collect(Collectors.toMap(KubernetesObject::name, this::ready));
        }

        Run then(String... expected) {
            org.assertj.core.api.Assertions.assertThat(layouts).containsExactly(expected);
            return this;
        }

        /** Never more pods in all. */
        Run staysWithin(int most) {
            org.assertj.core.api.Assertions.assertThat(layouts)
                    .allSatisfy(layout -> org.assertj.core.api.Assertions.assertThat(Pattern.compile("\\*(\\d+)")
                                    .matcher(layout)
                                    .results()
                                    .mapToInt(number -> Integer.parseInt(number.group(1)))
                                    .sum())
                            .as(layout)
                            .isLessThanOrEqualTo(most));
            return this;
        }

        Run stands(Class<? extends Rollout.Stage> stage) {
            org.assertj.core.api.Assertions.assertThat(story.state().stage()).isInstanceOf(stage);
            return this;
        }

        /** Nothing is on the cluster but this: Deployments, and the number of ConfigMaps. */
        Run leaves(String... expected) {
            var names = story.state().written().stream()
                    .map(key -> key.kind().equals("ConfigMap") ? "ConfigMap" : key.kind() + "/" + key.name())
                    .sorted()
                    .toList();
            org.assertj.core.api.Assertions.assertThat(names).containsExactly(expected);
            return this;
        }

        Story<RolloutCommand, RolloutEvent, Rollout, RolloutTask> story() {
            return story;
        }

        List<RolloutEvent> events() {
            return story.events();
        }

        /** What was written last. */
        List<KubernetesObject> applied() {
            return applied;
        }

        List<KubernetesObject> objects() {
            return story.state().objects();
        }
    }

    static Map<String, String> selector(KubernetesObject service) {
        var selector = service.json().object("spec").object("selector");
        var texts = new LinkedHashMap<String, String>();
        selector.members()
                .keySet()
                .forEach(key -> texts.put(key, selector.text(key).orElse("")));
        return texts;
    }

    private static int revision(KubernetesObject workload) {
        return Integer.parseInt(workload.json()
                .object("metadata")
                .object("annotations")
                .text("shiplog.dev/revision")
                .orElseThrow());
    }

    private static boolean selects(KubernetesObject service, KubernetesObject workload) {
        var labels = workload.json()
                .object("spec")
                .object("template")
                .object("metadata")
                .object("labels");
        return selector(service).entrySet().stream()
                .allMatch(wanted -> labels.text(wanted.getKey()).equals(Optional.of(wanted.getValue())));
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
}
