package dev.shiplog.domain.application;

import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Rejection;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rules of the way back, and of another try: undo, retry, switch to a colour. */
record WayBack(Plans plans) {

    private static final int DEFAULT_ROLLBACK_WINDOW = 1;

    Decision<ApplicationEvent> undo(Undo undo) {
        return plans.onSelected("undo", true, undo.clusters(), targets -> switch (undo.to()) {
            case Destination.Previous ignored -> undoNewest(targets, undo.withScale());
            case Destination.Revision revision ->
                plans.application().release(revision.number()).isPresent()
                        ? returnTo(
                                Plans.byRevision(targets, target -> Optional.of(revision.number())), undo.withScale())
                        : Decision.rejected(new Rejection.UnknownRevision(
                                revision.number(),
                                plans.application().releases().keySet()));
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
        return returnTo(Plans.byRevision(concerned, this::previous), withScale);
    }

    /**
     * The newest revision before the running one that users of the cluster had; if they never had one, simply the one
     * before. A bad release that was followed by another bad one is no place to return to, and what became of it on other
     * clusters says nothing about this one.
     */
    private Optional<Integer> previous(Target target) {
        var earlier = plans.application().releases().headMap(target.revision()).values().stream()
                .filter(release -> release.clusters().contains(target.cluster().name()))
                .map(Release::revision)
                .toList();
        return earlier.stream()
                .filter(revision -> wasGood(revision, target.cluster()))
                .reduce((older, newer) -> newer)
                .or(() -> earlier.stream().reduce((older, newer) -> newer));
    }

    private Decision<ApplicationEvent> returnTo(SortedMap<Integer, List<Target>> byRevision, boolean withScale) {
        return plans.release(
                byRevision,
                "skipped rollback (current template already matches revision "
                        + byRevision.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")",
                (revision, group) -> new Plans.Plan(
                        plans.spec(revision),
                        returning(revision, withScale ? withScaleOf(revision, group) : keepingEffectiveScale(group)),
                        plans.causeOr("undo to revision " + revision),
                        new Origin.Undone(revision)));
    }

    /** Clusters that ran different revisions at the moment get a release each. */
    private Decision<ApplicationEvent> returnTo(Destination.Moment moment, List<Target> targets) {
        var then = new TreeMap<String, Target.Placement>();
        targets.forEach(target -> target.placementAt(moment.at())
                .ifPresent(placement -> then.put(target.cluster().name(), placement)));
        return plans.release(
                Plans.byRevision(
                        targets,
                        target -> Optional.ofNullable(then.get(target.cluster().name()))
                                .map(Target.Placement::revision)),
                "skipped rollback (everything is as it was at " + moment.at() + ")",
                (revision, group) -> new Plans.Plan(
                        plans.spec(revision),
                        returning(
                                revision,
                                group.stream()
                                        .map(target -> new Placed(
                                                plans.present(target),
                                                Optional.ofNullable(then.get(
                                                                target.cluster().name()))
                                                        .flatMap(Target.Placement::scale)))
                                        .toList()),
                        plans.causeOr("undo to " + moment.at() + " (revision " + revision + ")"),
                        new Origin.Undone(revision)));
    }

    /** The revision once more, where it failed or was aborted: what has ended stays ended, so it gets a new number. */
    Decision<ApplicationEvent> retry(Retry retry) {
        return plans.onSelected("retry", true, retry.clusters(), targets -> {
            var failed = targets.stream().filter(Target::hasFailed).toList();
            return failed.isEmpty()
                    ? Decision.rejected(new Rejection.NothingToRetry(plans.name(), Steering.standings(targets)))
                    : plans.release(
                            Plans.byRevision(failed, target -> Optional.of(target.revision())),
                            "nothing to retry",
                            (revision, group) -> new Plans.Plan(
                                    plans.spec(revision),
                                    plans.keepingScale(group),
                                    plans.causeOr("retry of revision " + revision),
                                    new Origin.Retried(revision)));
        });
    }

    /** Each cluster gets the revision that the colour last served there with, in colours even if it was plain then. */
    Decision<ApplicationEvent> returnToColour(List<Target> targets, Role colour) {
        return plans.release(
                Plans.byRevision(
                        targets,
                        target -> Optional.ofNullable(target.serving().colours().get(colour))),
                "unchanged",
                (revision, group) -> new Plans.Plan(
                        inColours(plans.spec(revision), group),
                        Plans.straight(keepingEffectiveScale(group)),
                        plans.causeOr("switch to " + colour.word() + " (revision " + revision + ")"),
                        new Origin.Undone(revision)));
    }

    /** The revision with the strategy that each cluster has now, where it was released in another way. */
    private ReleaseSpec inColours(ReleaseSpec spec, List<Target> targets) {
        var overrides = new ArrayList<>(spec.overrides());
        for (var target : targets) {
            var cluster = plans.present(target);
            boolean isPlain = !(Rendering.strategyOn(spec, cluster) instanceof Strategy.BlueGreen);
            if (isPlain) {
                overrides.add(new ClusterOverride(
                        ClusterSelection.named(cluster.name()),
                        Optional.empty(),
                        Map.of(),
                        Optional.of(Rendering.strategyOn(plans.specOf(target), cluster)),
                        List.of()));
            }
        }
        return spec.withOverrides(overrides);
    }

    /**
     * The way back is straight to a revision that was good and not long ago: with colours always, after a canary within
     * its window. What was never promoted takes its steps, like any other release.
     */
    private List<Placed> returning(int revision, List<Placed> placements) {
        return placements.stream()
                .map(placed -> new Placed(placed.cluster(), placed.scale(), isStraight(revision, placed.cluster())))
                .toList();
    }

    private boolean isStraight(int revision, Cluster cluster) {
        if (!wasGood(revision, cluster)) {
            return false;
        }
        return switch (Rendering.strategyOn(plans.spec(revision), cluster)) {
            case Strategy.Rolling ignored -> false;
            case Strategy.Recreate ignored -> false;
            case Strategy.BlueGreen ignored -> true;
            case Strategy.Canary canary -> {
                long since = plans.application().releases().tailMap(revision + 1).keySet().stream()
                        .filter(later -> wasGood(later, cluster))
                        .count();
                yield since <= canary.rollbackWindow().orElse(DEFAULT_ROLLBACK_WINDOW);
            }
        };
    }

    /** Whether it was completed there, so that users had it. */
    private boolean wasGood(int revision, Cluster cluster) {
        return plans.application().result(revision, cluster.name()) == ReleaseResult.COMPLETED;
    }

    private List<Placed> withScaleOf(int revision, List<Target> targets) {
        return targets.stream()
                .map(target -> new Placed(
                        plans.present(target),
                        target.lastPlacementOf(revision)
                                .map(Target.Placement::scale)
                                .orElse(target.scale())))
                .toList();
    }

    /** An incident is no time to shrink: what runs now goes on, even where the older release declared another number. */
    private List<Placed> keepingEffectiveScale(List<Target> targets) {
        return targets.stream()
                .map(target -> new Placed(
                        plans.present(target),
                        target.scale()
                                .or(() -> Rendering.declaredReplicas(
                                        plans.name(), plans.specOf(target), target.cluster()))))
                .toList();
    }
}
