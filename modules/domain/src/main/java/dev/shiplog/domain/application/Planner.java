package dev.shiplog.domain.application;

import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationEvent.NothingChanged;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of what makes a new release: apply, set image and restart. */
record Planner(Plans plans) {

    /** The submitted replicas are declared anew and win over an earlier scale; where none are declared, scale stays. */
    Decision<ApplicationEvent> apply(Apply apply) {
        var invalid = ReleaseChecks.problem(plans.name(), apply.spec());
        if (invalid.isPresent()) {
            return Decision.rejected(invalid.get());
        }
        var fleet = plans.asked().fleet();
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
                        Rendering.declaredReplicas(plans.name(), spec, cluster).isPresent()
                                ? Optional.empty()
                                : scale(cluster.name())))
                .toList();
        if (plans.isWhatRuns(spec, placements)) {
            return Decision.accepted(new NothingChanged(plans.application().revision(), "unchanged"));
        }
        var unfit = new Fitting(plans).problem(spec, placements);
        return unfit.isPresent()
                ? Decision.rejected(unfit.get())
                : plans.release(List.of(new Plans.Plan(
                        spec, placements, apply.cause().isBlank() ? "apply" : apply.cause(), new Origin.Applied())));
    }

    /** As with kubectl, applying a file says nothing about restarts: their mark stays, or every apply would undo it. */
    private ReleaseSpec keepingRestart(ReleaseSpec spec, List<Cluster> clusters) {
        var marks = clusters.stream()
                .flatMap(cluster ->
                        Optional.ofNullable(plans.application().targets().get(cluster.name())).stream())
                .filter(target -> !target.removing())
                .map(target -> plans.specOf(target).restartedAt())
                .distinct()
                .toList();
        return spec.restartedAt().isPresent() || marks.size() != 1
                ? spec
                : marks.getFirst().map(spec::withRestartedAt).orElse(spec);
    }

    Decision<ApplicationEvent> setImage(SetImage set) {
        return plans.onSelected("set image of", false, set.clusters(), targets -> {
            var known = new TreeSet<String>();
            targets.forEach(target -> known.addAll(containers(plans.specOf(target))));
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
            var groups = Plans.byRevision(targets, target -> Optional.of(target.revision()));
            var unfit = groups.entrySet().stream()
                    .flatMap(group -> new Fitting(plans)
                            .problem(plans.spec(group.getKey()), plans.keepingScale(group.getValue())).stream())
                    .findFirst();
            return unfit.isPresent()
                    ? Decision.rejected(unfit.get())
                    : plans.release(
                            groups,
                            "images unchanged",
                            (revision, group) -> new Plans.Plan(
                                    withImages(plans.spec(revision), images),
                                    plans.keepingScale(group),
                                    plans.causeOr("set image " + written(images)),
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

    /** Every cluster makes new pods of what serves there, whichever revision that is. */
    Decision<ApplicationEvent> restart(Restart restart) {
        return plans.onSelected("restart", true, restart.clusters(), targets -> {
            var tried = targets.stream().filter(this::isBeingTried).toList();
            return tried.isEmpty()
                    ? plans.release(
                            Plans.byRevision(targets, target -> Optional.of(serving(target))),
                            "nothing to restart",
                            (revision, group) -> new Plans.Plan(
                                    plans.spec(revision)
                                            .withRestartedAt(plans.asked().at().toString()),
                                    Plans.straight(plans.keepingScale(group)),
                                    plans.causeOr("restart"),
                                    new Origin.Restarted()))
                    : Decision.rejected(new Rejection.WhileTried(plans.name(), "restart", Selected.names(tried)));
        });
    }

    /** A restart goes straight to all pods: of what nobody has promoted yet it would be a promotion. */
    private boolean isBeingTried(Target target) {
        var said = target.directions();
        return target.isUnderWay()
                && !said.straight()
                && !said.aborting()
                && target.hasOtherGood()
                && plans.strategyOf(target).hasSteps();
    }

    /** What failed or was aborted in its steps is not what users get. */
    private int serving(Target target) {
        boolean isGoodElsewhere = target.directions().aborting()
                || (target.hasFailed() && plans.strategyOf(target).hasSteps());
        return isGoodElsewhere ? target.serving().revision().orElse(target.revision()) : target.revision();
    }

    private Optional<Integer> scale(String cluster) {
        return Optional.ofNullable(plans.application().targets().get(cluster))
                .filter(target -> !target.removing())
                .flatMap(Target::scale);
    }

    /** As it would be typed: {@code hello=hello:2.0.0 nginx=nginx:1.9.14}. */
    private static String written(SortedMap<String, String> images) {
        return images.entrySet().stream()
                .map(image -> image.getKey() + "=" + image.getValue())
                .collect(Collectors.joining(" "));
    }
}
