package dev.shiplog.views.status;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Progress;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.live.Reach;
import dev.shiplog.views.live.Sight;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * How an application is on one cluster, from what was asked, what has happened and what is seen now.
 *
 * <p>The first that holds: it failed there: Degraded. It is being deleted: Progressing. It is paused, and the cluster
 * knows: Paused. The cluster owes something: Progressing, with what it waits for. All is done: Healthy, unless pods are
 * missing now or nobody can see them: Degraded. What is not seen yet, after a start, is as the history says.
 */
public final class ClusterRule {

    private static final String NO_NEWS = "waiting for news from the cluster";

    private final Placement placement;
    private final Reach reach;
    private final Sight sight;

    private ClusterRule(Placement placement, Reach reach, Sight sight) {
        this.placement = placement;
        this.reach = reach;
        this.sight = sight;
    }

    public static Status status(Placement placement, Reach reach, Sight sight) {
        return new ClusterRule(placement, reach, sight).status();
    }

    private Status status() {
        var wanted = placement.wanted();
        return switch (placement.carried().standing()) {
            case Target.Standing.Failed failed -> is(Phase.Degraded, failed(failed.trouble()));
            case Target.Standing.Owed ignored when wanted.removing() -> is(Phase.Progressing, removing());
            case Target.Standing.Owed ignored when wanted.paused() -> pausing();
            case Target.Standing.Owed ignored -> is(Phase.Progressing, progressing());
            case Target.Standing.Held ignored -> is(Phase.Paused, "waits to be promoted");
            case Target.Standing.Aborted ignored -> is(Phase.Degraded, "aborted; the release before it serves");
            case Target.Standing.Completed ignored when wanted.paused() -> is(Phase.Paused, paused());
            case Target.Standing.Completed ignored -> completed();
        };
    }

    private String failed(Trouble trouble) {
        boolean recovered = seen().filter(this::isPresentGeneration)
                .filter(observation -> Progress.of(observation) instanceof Progress.Done)
                .isPresent();
        return trouble + (recovered ? "; all pods have become available since" : "");
    }

    private String removing() {
        return "is being deleted" + hindrance().map(trouble -> ": " + trouble).orElse("");
    }

    private Status pausing() {
        var hindrance = hindrance().filter(trouble -> !placement.carried().written());
        return hindrance.isPresent()
                ? is(Phase.Progressing, "is to be paused, but may be going on: " + hindrance.get())
                : is(Phase.Paused, paused());
    }

    private String paused() {
        int updated = 0;
        int desired = 0;
        for (var workload : seen().map(Observation::workloads).orElse(List.of())) {
            updated += workload.updated();
            desired += workload.desired();
        }
        return updated < desired
                ? "paused: " + updated + " out of " + desired + " new replicas have been updated"
                : "paused";
    }

    private String progressing() {
        var hindrance = hindrance();
        if (hindrance.isPresent()) {
            return hindrance.get().toString();
        }
        return switch (sight) {
            case Sight.Unseen ignored
            when reach instanceof Reach.Reachable && !placement.carried().written() ->
                "waiting for the objects to be written to the cluster";
            case Sight.Unseen ignored -> NO_NEWS;
            case Sight.Gone ignored -> "waiting for the objects to be written to the cluster; nothing of it is there";
            case Sight.Seen seen
            when !isPresentGeneration(seen.observation()) -> "waiting for the cluster to show the change";
            case Sight.Seen seen ->
                switch (Progress.of(seen.observation())) {
                    case Progress.Done done -> done.message();
                    case Progress.Waiting waiting -> waiting.message();
                    case Progress.Failed failed -> failed.trouble().toString();
                };
        };
    }

    private Status completed() {
        if (reach instanceof Reach.Unreachable lost) {
            return is(Phase.Degraded, lost.trouble() + "; it was complete when last seen");
        }
        return switch (sight) {
            case Sight.Unseen ignored -> is(Phase.Healthy, NO_NEWS);
            case Sight.Gone ignored -> is(Phase.Degraded, "nothing of it is on the cluster any more");
            case Sight.Seen seen -> completed(seen.observation());
        };
    }

    private Status completed(Observation observation) {
        return switch (Progress.of(observation)) {
            case Progress.Done done -> is(Phase.Healthy, done.message() + leftovers());
            case Progress.Failed failed -> is(Phase.Degraded, failed.trouble().toString());
            case Progress.Waiting waiting -> {
                var lacking = observation.workloads().stream()
                        .filter(workload -> workload.available() < workload.desired())
                        .findFirst();
                yield lacking.isEmpty()
                        ? is(Phase.Progressing, waiting.message())
                        : is(Phase.Degraded, missing(lacking.get(), observation));
            }
        };
    }

    private static String missing(Observation.Workload workload, Observation observation) {
        return workload.available() + " of " + workload.desired() + " pods of deployment \"" + workload.name()
                + "\" are available"
                + observation.troubles().stream()
                        .findFirst()
                        .map(trouble -> " (" + trouble + ")")
                        .orElse("");
    }

    private String leftovers() {
        return placement
                .carried()
                .hindrance()
                .map(trouble -> "; objects of earlier revisions could not be deleted yet: " + trouble)
                .orElse("");
    }

    private Status is(Phase phase, String message) {
        return new Status(phase, message, !(sight instanceof Sight.Unseen), troubles());
    }

    private List<Trouble> troubles() {
        var troubles = new LinkedHashSet<Trouble>();
        if (placement.carried().standing() instanceof Target.Standing.Failed failed) {
            troubles.add(failed.trouble());
        }
        hindrance().ifPresent(troubles::add);
        seen().ifPresent(observation -> troubles.addAll(observation.troubles()));
        return List.copyOf(troubles);
    }

    /** What is known now comes before what was; that a cluster was away is over once it answers. */
    private Optional<Trouble> hindrance() {
        return switch (reach) {
            case Reach.Unreachable lost -> Optional.of(lost.trouble());
            case Reach.Connecting ignored -> placement.carried().hindrance();
            case Reach.Reachable ignored ->
                placement.carried().hindrance().filter(trouble -> trouble.kind() != Trouble.Kind.UNREACHABLE);
        };
    }

    private Optional<Observation> seen() {
        return sight instanceof Sight.Seen seen ? Optional.of(seen.observation()) : Optional.empty();
    }

    private boolean isPresentGeneration(Observation observation) {
        return observation.generation() >= placement.generation();
    }
}
