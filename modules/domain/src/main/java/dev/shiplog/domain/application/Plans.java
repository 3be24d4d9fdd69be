package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What makes releases of plans: a plan is a release for some of the clusters, and one that changes nothing is none. */
record Plans(ApplicationName name, Application application, Asked<ApplicationCommand> asked) {

    /** The targets by the revision that something is to be made of; those without one are left alone. */
    static SortedMap<Integer, List<Target>> byRevision(
            List<Target> targets, Function<Target, Optional<Integer>> revision) {
        var groups = new TreeMap<Integer, List<Target>>();
        targets.forEach(target -> revision.apply(target)
                .ifPresent(found -> groups.computeIfAbsent(found, absent -> new ArrayList<>())
                        .add(target)));
        return groups;
    }

    /** A release for each group whose clusters don't run just that already. */
    Decision<ApplicationEvent> release(
            SortedMap<Integer, List<Target>> groups,
            String otherwise,
            BiFunction<Integer, List<Target>, Plan> planning) {
        if (groups.isEmpty()) {
            return Decision.rejected(new Rejection.NothingToUndo(name));
        }
        var plans = new ArrayList<Plan>();
        groups.forEach((revision, group) -> {
            var plan = planning.apply(revision, group);
            if (!isWhatRuns(plan.spec(), plan.placements())) {
                plans.add(plan);
            }
        });
        return plans.isEmpty()
                ? Decision.accepted(new NothingChanged(application.revision(), otherwise))
                : release(plans);
    }

    record Plan(ReleaseSpec spec, List<Placed> placements, String cause, Origin origin) {}

    Decision<ApplicationEvent> release(List<Plan> plans) {
        var events = new ArrayList<ApplicationEvent>();
        var taken = new ArrayList<String>();
        int revision = application.revision();
        for (var plan : plans) {
            revision++;
            var clusters = plan.placements().stream()
                    .map(placed -> placed.cluster().name())
                    .toList();
            taken.addAll(clusters);
            events.add(new ReleaseCreated(
                    new Release(revision, plan.spec(), clusters, plan.cause(), plan.origin()),
                    application.generation() + 1,
                    plan.placements()));
        }
        events.addAll(Endings.of(application, taken, ReleaseResult.SUPERSEDED));
        return new Decision.Accepted<>(events);
    }

    /** Whether every cluster already runs, or is on its way to, exactly this. */
    boolean isWhatRuns(ReleaseSpec spec, List<Placed> placements) {
        return placements.stream().allMatch(placed -> {
            var target = application.targets().get(placed.cluster().name());
            return target != null
                    && !target.removing()
                    && !target.hasFailed()
                    && Rendering.strategyOn(spec, placed.cluster()).equals(strategyOf(target))
                    && rendered(spec, placed.cluster(), placed.scale())
                            .equals(rendered(specOf(target), target.cluster(), target.scale()));
        });
    }

    /** What would be written, without the marks by which revisions differ. */
    private List<String> rendered(ReleaseSpec spec, Cluster cluster, Optional<Integer> scale) {
        return objects(spec, cluster, scale).stream()
                .map(object -> JsonText.of(object.json()))
                .toList();
    }

    List<KubernetesObject> objects(ReleaseSpec spec, Cluster cluster, Optional<Integer> scale) {
        var same = new Release(0, spec, List.of(), "", new Origin.Applied());
        return Rendering.render(name, same, cluster, scale, false, 0);
    }

    Decision<ApplicationEvent> onSelected(
            String verb,
            boolean refusedWhilePaused,
            ClusterSelection clusters,
            Function<List<Target>, Decision<ApplicationEvent>> rule) {
        return switch (Selected.of(name, application, asked.fleet(), clusters, false)) {
            case Selected.None none -> Decision.rejected(none.rejection());
            case Selected.Some some -> {
                var paused = some.targets().stream().filter(Target::paused).toList();
                yield refusedWhilePaused && !paused.isEmpty()
                        ? Decision.rejected(new Rejection.WhilePaused(name, verb, Selected.names(paused)))
                        : rule.apply(some.targets());
            }
        };
    }

    ReleaseSpec spec(int revision) {
        return application.release(revision).orElseThrow().spec();
    }

    Strategy strategyOf(Target target) {
        return Rendering.strategyOn(specOf(target), target.cluster());
    }

    ReleaseSpec specOf(Target target) {
        return spec(target.revision());
    }

    List<Placed> keepingScale(List<Target> targets) {
        return targets.stream()
                .map(target -> new Placed(present(target), target.scale()))
                .toList();
    }

    Cluster present(Target target) {
        return asked.fleet().cluster(target.cluster().name()).orElse(target.cluster());
    }

    static List<Placed> straight(List<Placed> placements) {
        return placements.stream()
                .map(placed -> new Placed(placed.cluster(), placed.scale(), true))
                .toList();
    }

    /** What people gave as the reason, else what we call it. */
    String causeOr(String otherwise) {
        return asked.reason().isBlank() ? otherwise : asked.reason();
    }
}
