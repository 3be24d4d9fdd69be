package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of what makes a new release: apply, set image, restart and undo. */
record Planner(ApplicationName name, Application application, Asked<ApplicationCommand> asked) {

    /** The submitted replicas are declared anew and win over an earlier scale; where none are declared, scale stays. */
    Decision<ApplicationEvent> apply(Apply apply) {
        var spec = apply.spec();
        var invalid = ReleaseChecks.problem(name, spec);
        if (invalid.isPresent()) {
            return Decision.rejected(invalid.get());
        }
        var fleet = asked.fleet();
        var unknown = spec.clusters().names().stream()
                .filter(cluster -> fleet.cluster(cluster).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            return Decision.rejected(
                    new Rejection.UnknownCluster(unknown, fleet.clusters().keySet()));
        }
        var clusters = fleet.clusters().values().stream()
                .filter(spec.clusters()::selects)
                .toList();
        if (clusters.isEmpty()) {
            return Decision.rejected(
                    new Rejection.NoClusterSelected(fleet.clusters().keySet()));
        }
        var placements = clusters.stream()
                .map(cluster -> new Placed(
                        cluster,
                        Rendering.declaredReplicas(name, spec, cluster).isPresent()
                                ? Optional.empty()
                                : scale(cluster.name())))
                .toList();
        if (isWhatRuns(spec, placements)) {
            return Decision.accepted(new NothingChanged(application.revision(), "unchanged"));
        }
        return release(new Plan(spec, placements, causeOr(apply.cause(), "apply"), new Origin.Applied()));
    }

    Decision<ApplicationEvent> setImage(SetImage set) {
        return onSelected("set image of", false, set.clusters(), targets -> {
            var base = newestSpec(targets);
            var known = new TreeSet<String>();
            base.objects().stream()
                    .filter(KubernetesObject::isWorkload)
                    .flatMap(workload -> Rendering.containers(workload).stream())
                    .forEach(container -> container.text("name").ifPresent(known::add));
            var images = new TreeMap<String, String>();
            known.forEach(container ->
                    Optional.ofNullable(set.images().get("*")).ifPresent(image -> images.put(container, image)));
            var unknown = new TreeSet<String>();
            set.images().forEach((container, image) -> {
                if (known.contains(container)) {
                    images.put(container, image);
                } else if (!container.equals("*")) {
                    unknown.add(container);
                }
            });
            if (!unknown.isEmpty()) {
                return Decision.rejected(new Rejection.UnknownContainer(unknown, known));
            }
            var spec = base.withObjects(base.objects().stream()
                            .map(object -> object.isWorkload() ? Rendering.withImages(object, images) : object)
                            .toList())
                    .withOverrides(base.overrides().stream()
                            .map(override -> override.withoutImages(images.keySet()))
                            .toList());
            if (isWhatRuns(spec, keepingScale(targets))) {
                return Decision.accepted(new NothingChanged(application.revision(), "images unchanged"));
            }
            return release(new Plan(
                    spec,
                    keepingScale(targets),
                    causeOr(asked.reason(), "set image " + written(images)),
                    new Origin.ImageSet()));
        });
    }

    Decision<ApplicationEvent> restart(Restart restart) {
        return onSelected("restart", true, restart.clusters(), targets -> {
            var spec = newestSpec(targets).withRestartedAt(asked.at().toString());
            return release(
                    new Plan(spec, keepingScale(targets), causeOr(asked.reason(), "restart"), new Origin.Restarted()));
        });
    }

    Decision<ApplicationEvent> undo(Undo undo) {
        return onSelected("undo", true, undo.clusters(), targets -> switch (undo.to()) {
            case Destination.Previous ignored ->
                previous(targets)
                        .map(revision -> returnTo(revision, targets, undo.withScale()))
                        .orElseGet(() -> Decision.rejected(new Rejection.NothingToUndo(name)));
            case Destination.Revision revision ->
                application.release(revision.number()).isPresent()
                        ? returnTo(revision.number(), targets, undo.withScale())
                        : Decision.rejected(new Rejection.UnknownRevision(
                                revision.number(), application.releases().keySet()));
            case Destination.Moment moment -> returnTo(moment, targets);
        });
    }

    /**
     * The newest revision before the running one that became healthy everywhere it went; if none ever did, simply the one
     * before. A bad release that was followed by another bad one is no place to return to.
     */
    private Optional<Integer> previous(List<Target> targets) {
        int running = targets.stream().mapToInt(Target::revision).max().orElse(0);
        var earlier = application.releases().headMap(running).keySet();
        return earlier.stream()
                .filter(revision -> application.result(revision) == ReleaseResult.COMPLETED)
                .reduce((older, newer) -> newer)
                .or(() -> earlier.stream().reduce((older, newer) -> newer));
    }

    private Decision<ApplicationEvent> returnTo(int revision, List<Target> targets, boolean withScale) {
        var spec = application.release(revision).orElseThrow().spec();
        var placements = withScale
                ? targets.stream()
                        .map(target -> new Placed(
                                present(target),
                                target.lastPlacementOf(revision)
                                        .map(Target.Placement::scale)
                                        .orElse(target.scale())))
                        .toList()
                : keepingEffectiveScale(targets);
        if (isWhatRuns(spec, placements) || targets.stream().allMatch(target -> runs(target, revision, withScale))) {
            return Decision.accepted(new NothingChanged(
                    application.revision(),
                    "skipped rollback (current template already matches revision " + revision + ")"));
        }
        return release(new Plan(
                spec,
                placements,
                causeOr(asked.reason(), "undo to revision " + revision),
                new Origin.Undone(revision)));
    }

    private static boolean runs(Target target, int revision, boolean withScale) {
        return target.revision() == revision && !withScale && !(target.standing() instanceof Target.Standing.Failed);
    }

    /** Clusters that ran different revisions at the moment get a release each. */
    private Decision<ApplicationEvent> returnTo(Destination.Moment moment, List<Target> targets) {
        var byRevision = new TreeMap<Integer, List<Placed>>();
        for (var target : targets) {
            target.placementAt(moment.at())
                    .ifPresent(then -> byRevision
                            .computeIfAbsent(then.revision(), revision -> new ArrayList<>())
                            .add(new Placed(present(target), then.scale())));
        }
        if (byRevision.isEmpty()) {
            return Decision.rejected(new Rejection.NothingToUndo(name));
        }
        var plans = new ArrayList<Plan>();
        byRevision.forEach((revision, placements) -> {
            var spec = application.release(revision).orElseThrow().spec();
            if (!isWhatRuns(spec, placements)) {
                plans.add(new Plan(
                        spec,
                        placements,
                        causeOr(asked.reason(), "undo to " + moment.at() + " (revision " + revision + ")"),
                        new Origin.Undone(revision)));
            }
        });
        return plans.isEmpty()
                ? Decision.accepted(new NothingChanged(
                        application.revision(), "skipped rollback (everything is as it was at " + moment.at() + ")"))
                : release(plans.toArray(Plan[]::new));
    }

    private record Plan(ReleaseSpec spec, List<Placed> placements, String cause, Origin origin) {}

    private Decision<ApplicationEvent> release(Plan... plans) {
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
                    && !(target.standing() instanceof Target.Standing.Failed)
                    && target.scale().equals(placed.scale())
                    && rendered(spec, placed.cluster(), placed.scale())
                            .equals(rendered(
                                    application
                                            .release(target.revision())
                                            .orElseThrow()
                                            .spec(),
                                    placed.cluster(),
                                    target.scale()));
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
        return switch (Selected.of(application, asked.fleet(), clusters, false)) {
            case Selected.None none -> Decision.rejected(none.rejection());
            case Selected.Some some -> {
                var paused = some.targets().stream().filter(Target::paused).toList();
                yield refusedWhilePaused && !paused.isEmpty()
                        ? Decision.rejected(new Rejection.WhilePaused(name, verb, Selected.names(paused)))
                        : rule.apply(some.targets());
            }
        };
    }

    private ReleaseSpec newestSpec(List<Target> targets) {
        int newest = targets.stream().mapToInt(Target::revision).max().orElseThrow();
        return application.release(newest).orElseThrow().spec();
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
                        target.scale()
                                .or(() -> Rendering.declaredReplicas(
                                        name,
                                        application
                                                .release(target.revision())
                                                .orElseThrow()
                                                .spec(),
                                        target.cluster()))))
                .toList();
    }

    private Optional<Integer> scale(String cluster) {
        return Optional.ofNullable(application.targets().get(cluster)).flatMap(Target::scale);
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
