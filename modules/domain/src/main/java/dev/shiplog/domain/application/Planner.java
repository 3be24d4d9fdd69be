package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.application.ApplicationEvent.ReleaseCreated;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of what makes a new release: apply, set image, restart, retry and undo. */
record Planner(ApplicationName name, Application application, Asked<ApplicationCommand> asked) {

    private static final int DEFAULT_ROLLBACK_WINDOW = 1;

    /** The submitted replicas are declared anew and win over an earlier scale; where none are declared, scale stays. */
    Decision<ApplicationEvent> apply(Apply apply) {
        var invalid = ReleaseChecks.problem(name, apply.spec());
        if (invalid.isPresent()) {
            return Decision.rejected(invalid.get());
        }
        var fleet = asked.fleet();
        var unknown = Stream.concat(
                        Stream.of(apply.spec().clusters()),
                        apply.spec().overrides().stream().map(ClusterOverride::clusters))
                .flatMap(selection -> selection.names().stream())
                .filter(cluster -> fleet.cluster(cluster).isEmpty())
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            return Decision.rejected(
                    new Rejection.UnknownCluster(unknown, fleet.clusters().keySet()));
        }
        var clusters = fleet.clusters().values().stream()
                .filter(apply.spec().clusters()::selects)
                .toList();
        if (clusters.isEmpty()) {
            return Decision.rejected(
                    new Rejection.NoClusterSelected(fleet.clusters().keySet()));
        }
        var spec = keepingRestart(apply.spec(), clusters);
        var placements = clusters.stream()
                .map(cluster -> new Placed(
                        cluster,
                        Rendering.declaredReplicas(name, spec, cluster).isPresent()
                                ? Optional.empty()
                                : scale(cluster.name())))
                .toList();
        return isWhatRuns(spec, placements)
                ? Decision.accepted(new NothingChanged(application.revision(), "unchanged"))
                : release(List.of(new Plan(spec, placements, causeOr(apply.cause(), "apply"), new Origin.Applied())));
    }

    /** As with kubectl, applying a file says nothing about restarts: their mark stays, or every apply would undo it. */
    private ReleaseSpec keepingRestart(ReleaseSpec spec, List<Cluster> clusters) {
        var marks = clusters.stream()
                .flatMap(cluster -> Optional.ofNullable(application.targets().get(cluster.name())).stream())
                .filter(target -> !target.removing())
                .map(target -> specOf(target).restartedAt())
                .distinct()
                .toList();
        return spec.restartedAt().isPresent() || marks.size() != 1
                ? spec
                : marks.getFirst().map(spec::withRestartedAt).orElse(spec);
    }

    Decision<ApplicationEvent> setImage(SetImage set) {
        return onSelected("set image of", false, set.clusters(), targets -> {
            var known = new TreeSet<String>();
            targets.forEach(target -> known.addAll(containers(specOf(target))));
            var unknown = new TreeSet<>(set.images().keySet());
            unknown.removeAll(known);
            unknown.remove("*");
            if (!unknown.isEmpty()) {
                return Decision.rejected(new Rejection.UnknownContainer(unknown, known));
            }
            var images = new TreeMap<String, String>();
            known.forEach(container -> Optional.ofNullable(
                            set.images().getOrDefault(container, set.images().get("*")))
                    .ifPresent(image -> images.put(container, image)));
            return release(
                    byRevision(targets, target -> Optional.of(target.revision())),
                    "images unchanged",
                    (revision, group) -> new Plan(
                            withImages(spec(revision), images),
                            keepingScale(group),
                            causeOr(asked.reason(), "set image " + written(images)),
                            new Origin.ImageSet()));
        });
    }

    private static Set<String> containers(ReleaseSpec spec) {
        return spec.objects().stream()
                .filter(KubernetesObject::isWorkload)
                .flatMap(workload -> Stream.concat(
                        Rendering.containers(workload).stream(), Rendering.initContainers(workload).stream()))
                .flatMap(container -> container.text("name").stream())
                .collect(Collectors.toSet());
    }

    /** The last word about images: overrides say nothing about them any more, and patches that do are overruled. */
    private static ReleaseSpec withImages(ReleaseSpec base, SortedMap<String, String> images) {
        var overrides = new ArrayList<ClusterOverride>();
        for (var override : base.overrides()) {
            var rest = override.withoutImages(images.keySet());
            if (!rest.isEmpty()) {
                overrides.add(rest);
            }
        }
        boolean patched = overrides.stream()
                .flatMap(override -> override.patches().stream())
                .anyMatch(patch -> JsonText.of(patch).contains("\"image\":"));
        if (patched) {
            overrides.add(
                    new ClusterOverride(ClusterSelection.ALL, Optional.empty(), images, Optional.empty(), List.of()));
        }
        return base.withObjects(base.objects().stream()
                        .map(object -> object.isWorkload() ? Rendering.withImages(object, images) : object)
                        .toList())
                .withOverrides(overrides);
    }

    /** Every cluster makes new pods of what it runs, whichever revision that is. */
    Decision<ApplicationEvent> restart(Restart restart) {
        return onSelected(
                "restart",
                true,
                restart.clusters(),
                targets -> release(
                        byRevision(targets, target -> Optional.of(target.revision())),
                        "nothing to restart",
                        (revision, group) -> new Plan(
                                spec(revision).withRestartedAt(asked.at().toString()),
                                straight(keepingScale(group)),
                                causeOr(asked.reason(), "restart"),
                                new Origin.Restarted())));
    }

    Decision<ApplicationEvent> undo(Undo undo) {
        return onSelected("undo", true, undo.clusters(), targets -> switch (undo.to()) {
            case Destination.Previous ignored -> undoNewest(targets, undo.withScale());
            case Destination.Revision revision ->
                application.release(revision.number()).isPresent()
                        ? returnTo(byRevision(targets, target -> Optional.of(revision.number())), undo.withScale())
                        : Decision.rejected(new Rejection.UnknownRevision(
                                revision.number(), application.releases().keySet()));
            case Destination.Moment moment -> returnTo(moment, targets);
        });
    }

    /**
     * Takes the newest revision back where it runs; each cluster gets what it ran before. Clusters that the newest one
     * didn't go to stay as they are.
     */
    private Decision<ApplicationEvent> undoNewest(List<Target> targets, boolean withScale) {
        int newest = targets.stream().mapToInt(Target::revision).max().orElseThrow();
        var concerned =
                targets.stream().filter(target -> target.revision() == newest).toList();
        return returnTo(byRevision(concerned, this::previous), withScale);
    }

    /**
     * The newest revision before the running one that went to the cluster and became healthy everywhere it went; if none
     * ever did, simply the one before. A bad release that was followed by another bad one is no place to return to.
     */
    private Optional<Integer> previous(Target target) {
        var earlier = application.releases().headMap(target.revision()).values().stream()
                .filter(release -> release.clusters().contains(target.cluster().name()))
                .map(Release::revision)
                .toList();
        return earlier.stream()
                .filter(revision -> application.result(revision) == ReleaseResult.COMPLETED)
                .reduce((older, newer) -> newer)
                .or(() -> earlier.stream().reduce((older, newer) -> newer));
    }

    private Decision<ApplicationEvent> returnTo(SortedMap<Integer, List<Target>> byRevision, boolean withScale) {
        return release(
                byRevision,
                "skipped rollback (current template already matches revision "
                        + byRevision.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")",
                (revision, group) -> new Plan(
                        spec(revision),
                        returning(revision, withScale ? withScaleOf(revision, group) : keepingEffectiveScale(group)),
                        causeOr(asked.reason(), "undo to revision " + revision),
                        new Origin.Undone(revision)));
    }

    /** Clusters that ran different revisions at the moment get a release each. */
    private Decision<ApplicationEvent> returnTo(Destination.Moment moment, List<Target> targets) {
        var then = new TreeMap<String, Target.Placement>();
        targets.forEach(target -> target.placementAt(moment.at())
                .ifPresent(placement -> then.put(target.cluster().name(), placement)));
        return release(
                byRevision(
                        targets,
                        target -> Optional.ofNullable(then.get(target.cluster().name()))
                                .map(Target.Placement::revision)),
                "skipped rollback (everything is as it was at " + moment.at() + ")",
                (revision, group) -> new Plan(
                        spec(revision),
                        returning(
                                revision,
                                group.stream()
                                        .map(target -> new Placed(
                                                present(target),
                                                Optional.ofNullable(then.get(
                                                                target.cluster().name()))
                                                        .flatMap(Target.Placement::scale)))
                                        .toList()),
                        causeOr(asked.reason(), "undo to " + moment.at() + " (revision " + revision + ")"),
                        new Origin.Undone(revision)));
    }

    /** The revision once more, where it failed or was aborted: what has ended stays ended, so it gets a new number. */
    Decision<ApplicationEvent> retry(Retry retry) {
        return onSelected("retry", true, retry.clusters(), targets -> {
            var failed = targets.stream().filter(Target::hasFailed).toList();
            return failed.isEmpty()
                    ? Decision.rejected(new Rejection.NothingToRetry(name, Steering.standings(targets)))
                    : release(
                            byRevision(failed, target -> Optional.of(target.revision())),
                            "nothing to retry",
                            (revision, group) -> new Plan(
                                    spec(revision),
                                    keepingScale(group),
                                    causeOr(asked.reason(), "retry of revision " + revision),
                                    new Origin.Retried(revision)));
        });
    }

    /** Each cluster gets the revision that the colour last served there with. */
    Decision<ApplicationEvent> returnToColour(List<Target> targets, Role colour) {
        return release(
                byRevision(
                        targets,
                        target -> Optional.ofNullable(target.serving().colours().get(colour))),
                "unchanged",
                (revision, group) -> new Plan(
                        spec(revision),
                        straight(keepingEffectiveScale(group)),
                        causeOr(asked.reason(), "switch to " + colour.word() + " (revision " + revision + ")"),
                        new Origin.Undone(revision)));
    }

    private static List<Placed> straight(List<Placed> placements) {
        return placements.stream()
                .map(placed -> new Placed(placed.cluster(), placed.scale(), true))
                .toList();
    }

    /** The way back is straight to a revision not long ago: with colours always, after a canary within its window. */
    private List<Placed> returning(int revision, List<Placed> placements) {
        return placements.stream()
                .map(placed -> new Placed(placed.cluster(), placed.scale(), isStraight(revision, placed.cluster())))
                .toList();
    }

    private boolean isStraight(int revision, Cluster cluster) {
        return switch (Rendering.strategyOn(spec(revision), cluster)) {
            case Strategy.Rolling ignored -> false;
            case Strategy.Recreate ignored -> false;
            case Strategy.BlueGreen ignored -> true;
            case Strategy.Canary canary -> {
                long since = application.releases().tailMap(revision + 1).values().stream()
                        .filter(release -> release.clusters().contains(cluster.name()))
                        .count();
                yield since <= canary.rollbackWindow().orElse(DEFAULT_ROLLBACK_WINDOW);
            }
        };
    }

    /** The targets by the revision that something is to be made of; those without one are left alone. */
    private static SortedMap<Integer, List<Target>> byRevision(
            List<Target> targets, Function<Target, Optional<Integer>> revision) {
        var groups = new TreeMap<Integer, List<Target>>();
        targets.forEach(target -> revision.apply(target)
                .ifPresent(found -> groups.computeIfAbsent(found, absent -> new ArrayList<>())
                        .add(target)));
        return groups;
    }

    /** A release for each group whose clusters don't run just that already. */
    private Decision<ApplicationEvent> release(
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

    private record Plan(ReleaseSpec spec, List<Placed> placements, String cause, Origin origin) {}

    private Decision<ApplicationEvent> release(List<Plan> plans) {
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
    private boolean isWhatRuns(ReleaseSpec spec, List<Placed> placements) {
        return placements.stream().allMatch(placed -> {
            var target = application.targets().get(placed.cluster().name());
            return target != null
                    && !target.removing()
                    && !target.hasFailed()
                    && Rendering.strategyOn(spec, placed.cluster())
                            .equals(Rendering.strategyOn(specOf(target), target.cluster()))
                    && rendered(spec, placed.cluster(), placed.scale())
                            .equals(rendered(specOf(target), target.cluster(), target.scale()));
        });
    }

    /** What would be written, without the marks by which revisions differ. */
    private List<String> rendered(ReleaseSpec spec, Cluster cluster, Optional<Integer> scale) {
        var same = new Release(0, spec, List.of(), "", new Origin.Applied());
        return Rendering.render(name, same, cluster, scale, false, 0).stream()
                .map(object -> JsonText.of(object.json()))
                .toList();
    }

    private Decision<ApplicationEvent> onSelected(
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

    private ReleaseSpec spec(int revision) {
        return application.release(revision).orElseThrow().spec();
    }

    private ReleaseSpec specOf(Target target) {
        return spec(target.revision());
    }

    private List<Placed> withScaleOf(int revision, List<Target> targets) {
        return targets.stream()
                .map(target -> new Placed(
                        present(target),
                        target.lastPlacementOf(revision)
                                .map(Target.Placement::scale)
                                .orElse(target.scale())))
                .toList();
    }

    private List<Placed> keepingScale(List<Target> targets) {
        return targets.stream()
                .map(target -> new Placed(present(target), target.scale()))
                .toList();
    }

    /** An incident is no time to shrink: what runs now goes on, even where the older release declared another number. */
    private List<Placed> keepingEffectiveScale(List<Target> targets) {
        return targets.stream()
                .map(target -> new Placed(
                        present(target),
                        target.scale().or(() -> Rendering.declaredReplicas(name, specOf(target), target.cluster()))))
                .toList();
    }

    private Optional<Integer> scale(String cluster) {
        return Optional.ofNullable(application.targets().get(cluster))
                .filter(target -> !target.removing())
                .flatMap(Target::scale);
    }

    private Cluster present(Target target) {
        return asked.fleet().cluster(target.cluster().name()).orElse(target.cluster());
    }

    /** As it would be typed: {@code hello=hello:2.0.0 nginx=nginx:1.9.14}. */
    private static String written(SortedMap<String, String> images) {
        return images.entrySet().stream()
                .map(image -> image.getKey() + "=" + image.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String causeOr(String given, String otherwise) {
        return given.isBlank() ? otherwise : given;
    }
}
