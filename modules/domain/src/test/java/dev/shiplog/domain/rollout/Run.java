package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.rollout.RolloutStories.assignment;
import static dev.shiplog.domain.rollout.RolloutStories.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Service;
import dev.shiplog.domain.rollout.Observation.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One run of a rollout against a cluster on which everything works at once: it shows what was written, every pod ready,
 * until the rollout waits for somebody or has ended; and the layouts that it went through, e.g. {@code plain:good*3
 * canary:new*1 >plain}.
 */
final class Run {
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
        interruptedAt = other -> CourseStories.words(other).equals(layout);
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
                        var layout = CourseStories.words(before.layout());
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
                .map(service -> new Service(service.name(), CourseStories.selector(service), ready(service, rollout)))
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
        assertThat(layouts).containsExactly(expected);
        return this;
    }

    /** Never more pods in all. */
    Run staysWithin(int most) {
        assertThat(layouts)
                .allSatisfy(layout -> assertThat(Pattern.compile("\\*(\\d+)")
                                .matcher(layout)
                                .results()
                                .mapToInt(number -> Integer.parseInt(number.group(1)))
                                .sum())
                        .as(layout)
                        .isLessThanOrEqualTo(most));
        return this;
    }

    Run stands(Class<? extends Rollout.Stage> stage) {
        assertThat(story.state().stage()).isInstanceOf(stage);
        return this;
    }

    /** Nothing is on the cluster but this: Deployments, and the number of ConfigMaps. */
    Run leaves(String... expected) {
        var names = story.state().written().stream()
                .map(key -> key.kind().equals("ConfigMap") ? "ConfigMap" : key.kind() + "/" + key.name())
                .sorted()
                .toList();
        assertThat(names).containsExactly(expected);
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
        return CourseStories.selector(service).entrySet().stream()
                .allMatch(wanted -> labels.text(wanted.getKey()).equals(Optional.of(wanted.getValue())));
    }
}
