package dev.shiplog.views.history;

import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.rollout.RolloutEvent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Events in a line for people. */
final class Summaries {

    private static final int NAMED_CLUSTERS = 5;

    private Summaries() {}

    static String of(ApplicationEvent event) {
        return switch (event) {
            case ApplicationEvent.ReleaseCreated created -> created(created.release());
            case ApplicationEvent.Scaled scaled ->
                "scaled to " + scaled.replicas() + " replicas on " + named(scaled.clusters());
            case ApplicationEvent.Paused paused -> "paused on " + named(paused.clusters());
            case ApplicationEvent.Resumed resumed -> "resumed on " + named(resumed.clusters());
            case ApplicationEvent.RemovalRequested requested -> "to be deleted from " + named(requested.clusters());
            case ApplicationEvent.RolloutCompleted completed ->
                "revision " + completed.revision() + " successfully rolled out on " + completed.cluster()
                        + leftovers(completed.leftovers());
            case ApplicationEvent.Promoted promoted ->
                (promoted.full() ? "promoted in full on " : "promoted on ")
                        + named(List.copyOf(promoted.through().keySet()));
            case ApplicationEvent.AbortRequested requested -> "to be aborted on " + named(requested.clusters());
            case ApplicationEvent.TakeoverRequested requested ->
                "to take over what others have set on " + named(requested.clusters());
            case ApplicationEvent.RolloutHeld held ->
                "revision " + held.revision() + " waits on " + held.cluster()
                        + held.until().map(until -> " until " + until).orElse(" to be promoted");
            case ApplicationEvent.RolloutAborted aborted ->
                "revision " + aborted.revision() + " aborted on " + aborted.cluster() + leftovers(aborted.leftovers());
            case ApplicationEvent.RolloutSettled settled ->
                "all that revision " + settled.revision() + " had left to delete is gone from " + settled.cluster();
            case ApplicationEvent.RolloutFailed failed ->
                "revision " + failed.revision() + " failed on " + failed.cluster() + ": " + failed.trouble();
            case ApplicationEvent.RolloutRemoved removed -> "deleted from " + removed.cluster();
            case ApplicationEvent.ReleaseEnded ended ->
                "revision " + ended.revision() + " ended: "
                        + ended.result().name().toLowerCase(Locale.ROOT);
            case ApplicationEvent.ApplicationRemoved ignored -> "deleted from its last cluster";
            case ApplicationEvent.NothingChanged nothing -> "nothing to do: " + nothing.message();
            case ApplicationEvent.CommandRefused refused -> "refused (" + refused.code() + "): " + refused.message();
        };
    }

    static String of(String cluster, RolloutEvent event) {
        return switch (event) {
            case RolloutEvent.Assigned assigned ->
                assigned.assignment().removing()
                        ? cluster + " is to delete it"
                        : cluster + " is to run revision "
                                + assigned.assignment().revision()
                                + (assigned.assignment().paused() ? ", paused" : "");
            case RolloutEvent.Applied applied ->
                "all objects are written to " + cluster
                        + applied.warning().map(warning -> "; " + warning).orElse("");
            case RolloutEvent.Advanced advanced -> "goes on to " + Summaries.of(advanced.layout()) + " on " + cluster;
            case RolloutEvent.Held held ->
                "waits on " + cluster
                        + held.until().map(until -> " until " + until).orElse(" to be promoted");
            case RolloutEvent.Switched switched ->
                "Service " + String.join(", ", switched.services()) + " on " + cluster + " switched from "
                        + switched.from().word() + " to " + switched.to().word();
            case RolloutEvent.Aborted aborted ->
                cluster + " is back on the release before revision " + aborted.revision();
            case RolloutEvent.Released ignored -> "the former pods on " + cluster + " need not be kept any longer";
            case RolloutEvent.Hindered hindered -> "held up on " + cluster + ": " + hindered.trouble();
            case RolloutEvent.Completed completed -> cluster + " runs revision " + completed.revision();
            case RolloutEvent.Failed failed -> "failed on " + cluster + ": " + failed.trouble();
            case RolloutEvent.Pruned pruned ->
                "deleted from " + cluster + ": "
                        + String.join(
                                ", ",
                                pruned.objects().stream()
                                        .map(Summaries::of)
                                        .sorted()
                                        .toList());
            case RolloutEvent.Removed ignored -> "nothing of it is left on " + cluster;
        };
    }

    private static String leftovers(boolean isSomethingLeft) {
        return isSomethingLeft ? "; something is still to be deleted" : "";
    }

    private static String of(Layout layout) {
        return layout.sides().entrySet().stream()
                        .map(side ->
                                side.getValue().pods() + " " + side.getKey().word())
                        .collect(Collectors.joining(" + "))
                + layout.traffic()
                        .weight()
                        .map(weight -> ", " + weight + "% of the requests to the canary")
                        .orElse("")
                + (layout.traffic().widened() ? ", Services select former pods too" : "");
    }

    /** Out of a route of somebody else's goes only what was written into it. */
    private static String of(ObjectKey deleted) {
        return deleted.kind().equals(Backends.KIND) ? "its part in " + deleted : deleted.toString();
    }

    private static String created(Release release) {
        var cause = release.cause().isBlank() ? "" : " (" + release.cause() + ")";
        return "revision " + release.revision() + cause + " goes to " + named(release.clusters());
    }

    /** Five hundred names would be no line. */
    private static String named(List<String> clusters) {
        return clusters.size() <= NAMED_CLUSTERS
                ? String.join(", ", clusters)
                : String.join(", ", clusters.subList(0, NAMED_CLUSTERS)) + " and " + (clusters.size() - NAMED_CLUSTERS)
                        + " more clusters";
    }
}
