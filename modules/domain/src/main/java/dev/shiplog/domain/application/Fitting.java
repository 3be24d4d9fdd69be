package dev.shiplog.domain.application;

import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.application.StrategyChecks.Problem;
import dev.shiplog.domain.course.Split;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.util.List;
import java.util.Optional;

/** Whether a canary can come out, step by step, beside what runs on its clusters: as many pods, behind those Services. */
record Fitting(Plans plans) {

    Optional<Rejection> problem(ReleaseSpec spec, List<Placed> placements) {
        return placements.stream()
                .flatMap(placed -> problem(spec, placed).stream())
                .findFirst()
                .map(problem -> new Rejection.InvalidRelease(problem.path(), problem.sentence()));
    }

    private Optional<Problem> problem(ReleaseSpec spec, Placed placed) {
        if (!(Rendering.strategyOn(spec, placed.cluster()) instanceof Strategy.Canary canary)) {
            return Optional.empty();
        }
        var path = path(spec, placed);
        return pods(path, canary, spec, placed)
                .or(() -> served(placed)
                        .flatMap(serving -> new SelectorChecks(
                                        plans.name(),
                                        placed.cluster().name(),
                                        plans.objects(
                                                plans.spec(serving.revision().orElseThrow()),
                                                placed.cluster(),
                                                Optional.empty()),
                                        plans.objects(spec, placed.cluster(), Optional.empty()))
                                .problem(canary, path)));
    }

    /** What users of the cluster have. */
    private Optional<Target.Serving> served(Placed placed) {
        return target(placed)
                .map(Target::serving)
                .filter(serving -> serving.revision().isPresent());
    }

    private Optional<Target> target(Placed placed) {
        return Optional.ofNullable(
                        plans.application().targets().get(placed.cluster().name()))
                .filter(target -> !target.removing());
    }

    private Optional<Problem> pods(String path, Strategy.Canary canary, ReleaseSpec spec, Placed placed) {
        int replicas = replicas(spec, placed);
        var limits = Split.Limits.of(replicas, canary.maxSurge(), canary.maxUnavailable());
        for (int i = 0; i < canary.steps().size(); i++) {
            var problem = switch (canary.steps().get(i)) {
                case CanaryStep.SetWeight set -> room(path, set.weight(), limits, placed);
                case CanaryStep.SetCanaryScale set ->
                    set.replicas() > Math.max(1, Math.max(replicas, declared(spec, placed)))
                            ? tooMany(
                                    path + ".steps[" + i + "].setCanaryScale.replicas",
                                    set.replicas(),
                                    replicas,
                                    placed)
                            : Optional.<Problem>empty();
                case CanaryStep.Pause ignored -> Optional.<Problem>empty();
            };
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** Whether some step of a canary would have none with so many pods. */
    static boolean leavesOutCanary(Strategy strategy, int replicas) {
        if (!(strategy instanceof Strategy.Canary canary)) {
            return false;
        }
        var limits = Split.Limits.of(replicas, canary.maxSurge(), canary.maxUnavailable());
        return canary.steps().stream()
                .anyMatch(step -> step instanceof CanaryStep.SetWeight set && isLeftOut(set.weight(), limits));
    }

    /** A single pod that may have none beside it has no canary, at whatever weight. */
    private static boolean isLeftOut(int weight, Split.Limits limits) {
        return weight > 0 && limits.replicas() > 0 && Split.of(weight, limits).canary() == 0;
    }

    private static Optional<Problem> room(String path, int weight, Split.Limits limits, Placed placed) {
        return isLeftOut(weight, limits)
                ? Optional.of(new Problem(
                        path + ".maxSurge",
                        "with " + limits.replicas() + " pod on \""
                                + placed.cluster().name()
                                + "\", and none more while the share moves, there is no room for a canary beside it; set"
                                + " maxSurge: 1, or ask for 2 replicas"))
                : Optional.empty();
    }

    private Optional<Problem> tooMany(String path, int canaries, int replicas, Placed placed) {
        return Optional.of(new Problem(
                path,
                canaries + " are more pods than \"" + plans.name().name() + "\" is to have on \""
                        + placed.cluster().name() + "\", " + replicas + "; a canary has as many at most"));
    }

    /** A file is not wrong for a smaller scale that was asked for since: the canary has no more pods than that then. */
    private int declared(ReleaseSpec spec, Placed placed) {
        return Rendering.declaredReplicas(plans.name(), spec, placed.cluster()).orElse(0);
    }

    /** Where the release leaves the number open, it is the one there was, as when it is carried out. */
    private int replicas(ReleaseSpec spec, Placed placed) {
        return placed.scale()
                .or(() -> Rendering.declaredReplicas(plans.name(), spec, placed.cluster()))
                .or(() -> served(placed)
                        .flatMap(Target.Serving::revision)
                        .flatMap(revision ->
                                Rendering.declaredReplicas(plans.name(), plans.spec(revision), placed.cluster())))
                .orElse(1);
    }

    /** Where the cluster's canary is written. */
    private static String path(ReleaseSpec spec, Placed placed) {
        var place = "spec.strategy";
        for (int i = 0; i < spec.overrides().size(); i++) {
            var override = spec.overrides().get(i);
            if (override.strategy().isPresent() && override.clusters().selects(placed.cluster())) {
                place = "spec.overrides[" + i + "].strategy";
            }
        }
        return place + ".canary";
    }
}
