package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.Watch;
import dev.shiplog.cli.api.Watch.Sighting;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.Phase;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Follows an application to the end of a revision: says what each cluster waits for, whenever that changes, and ends when
 * every selected cluster is healthy or degraded, when a newer revision takes its place, or when the time is over.
 */
final class Following {

    /** What is waited for. */
    enum Goal {
        /** Healthy; a rollout that waits until somebody promotes it has come as far as it goes by itself. */
        ROLLED_OUT,
        /** Healthy, whoever has to promote it first. */
        PROMOTED,
        /** The last good release is back. */
        GIVEN_UP
    }

    private static final Duration WITHOUT_LIMIT = Duration.ofDays(365);

    private final Session session;
    private final AppName app;
    private final Selection selection;
    private final PrintStream told;
    private final Goal goal;
    private final Map<String, String> said = new HashMap<>();
    private AppView last = NOTHING_YET;

    private static final AppView NOTHING_YET = new AppView(
            "",
            "",
            Phase.Progressing,
            0,
            "",
            "",
            List.of(),
            new AppView.Replicas(0, 0, 0, 0, 0),
            Instant.EPOCH,
            List.of());

    Following(Session session, AppName app, Selection selection, PrintStream told) {
        this(session, app, selection, told, Goal.ROLLED_OUT);
    }

    Following(Session session, AppName app, Selection selection, PrintStream told, Goal goal) {
        this.goal = goal;
        this.session = session;
        this.app = app;
        this.selection = selection;
        this.told = told;
    }

    /** @param revision to be waited for; 0 for the one there is */
    int untilDone(int revision, Duration timeout) {
        return untilDone(revision, deadline(timeout), timeout);
    }

    /** @param timeout that the deadline was made of, for people */
    int untilDone(int revision, Instant deadline, Duration timeout) {
        try (var watch = new Watch(session.api(), app.namespace(), app.name(), revision > 0)) {
            int awaited = revision;
            while (true) {
                var sighting = watch.next(left(deadline));
                if (sighting.isEmpty()) {
                    throw timedOut(timeout);
                }
                switch (sighting.get()) {
                    case Sighting.Shown shown -> {
                        awaited = awaited == 0 ? shown.app().revision() : awaited;
                        last = shown.app();
                        if (last.revision() >= awaited && say(awaited)) {
                            return ended();
                        }
                    }
                    case Sighting.Deleted ignored -> throw Failure.refused(app + " was deleted");
                    case Sighting.Stale stale -> tell(stale);
                    case Sighting.Lost lost -> session.console().say(lost.why() + "; trying again");
                    case Sighting.Refused refused -> throw refused.failure();
                }
            }
        }
    }

    /** Says how it is now, without waiting: still progressing is no failure. */
    int now() {
        last = session.api()
                .get(dev.shiplog.cli.api.ShiplogApi.path("apps", app.namespace(), app.name()), AppView.class);
        say(last.revision());
        return selected().stream().anyMatch(cluster -> cluster.phase() == Phase.Degraded) ? ended() : ExitCode.DONE;
    }

    /** Waits until the application, or its part on the selected clusters, is gone. */
    int untilGone(Duration timeout) {
        var deadline = deadline(timeout);
        try (var watch = new Watch(session.api(), app.namespace(), app.name(), false)) {
            while (true) {
                var sighting = watch.next(left(deadline));
                if (sighting.isEmpty()) {
                    throw timedOut(timeout);
                }
                switch (sighting.get()) {
                    case Sighting.Shown shown -> {
                        last = shown.app();
                        if (selected().isEmpty()) {
                            return ExitCode.DONE;
                        }
                    }
                    case Sighting.Deleted ignored -> {
                        return ExitCode.DONE;
                    }
                    case Sighting.Stale stale -> tell(stale);
                    case Sighting.Lost lost -> session.console().say(lost.why() + "; trying again");
                    case Sighting.Refused refused -> {
                        if (refused.failure().code().equals("unknown-application")) {
                            return ExitCode.DONE;
                        }
                        throw refused.failure();
                    }
                }
            }
        }
    }

    private void tell(Sighting.Stale stale) {
        if (!stale.reason().isEmpty()) {
            session.console().stale(stale.reason());
        }
    }

    private Instant deadline(Duration timeout) {
        return session.clock().instant().plus(timeout.isZero() ? WITHOUT_LIMIT : timeout);
    }

    private Duration left(Instant deadline) {
        var left = Duration.between(session.clock().instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private List<OnCluster> selected() {
        return last.clusters().stream()
                .filter(cluster -> selection.selects(cluster.name(), cluster.labels()))
                .toList();
    }

    /** One command makes a revision for each content that its clusters start from: as long as any runs it, it stands. */
    private boolean isSuperseded(int awaited) {
        return last.revision() > awaited
                && last.clusters().stream().noneMatch(cluster -> cluster.revision() == awaited);
    }

    /** Says what is new; true when there is nothing to wait for any more. */
    private boolean say(int awaited) {
        if (isSuperseded(awaited)) {
            throw Failure.refused(
                    "revision " + awaited + " of " + app + " was superseded by revision " + last.revision()
                            + "; shiplog rollout history " + app.name() + " -n " + app.namespace() + " shows by whom");
        }
        var clusters = selected();
        for (var cluster : clusters) {
            var sentence = sentence(cluster);
            if (!sentence.equals(said.put(cluster.name(), sentence))) {
                told.println(cluster.name() + ": " + sentence);
            }
        }
        if (clusters.isEmpty() && !selection.isAll()) {
            throw Failure.refused(app + " is on none of the selected clusters; it is on "
                    + last.clusters().stream().map(OnCluster::name).collect(Collectors.joining(", ")));
        }
        return !clusters.isEmpty()
                && clusters.stream()
                        .allMatch(cluster -> cluster.phase() == Phase.Healthy
                                || cluster.phase() == Phase.Degraded
                                || (goal == Goal.ROLLED_OUT && waitsForSomebody(cluster)));
    }

    private static boolean waitsForSomebody(OnCluster cluster) {
        return cluster.standing().equals("Held") && cluster.heldUntil() == null;
    }

    private static boolean isAborted(OnCluster cluster) {
        return cluster.standing().equals("Aborted");
    }

    private static String sentence(OnCluster cluster) {
        var message = cluster.message();
        if (cluster.phase() == Phase.Paused && !message.startsWith("paused")) {
            return message.isBlank() ? "paused" : "paused; " + message;
        }
        return message.isBlank() ? cluster.phase().name() : message;
    }

    private int ended() {
        var degraded = selected().stream()
                .filter(cluster -> cluster.phase() == Phase.Degraded)
                .filter(cluster -> goal != Goal.GIVEN_UP || !isAborted(cluster))
                .toList();
        if (degraded.isEmpty()) {
            return ExitCode.DONE;
        }
        if (degraded.stream().allMatch(Following::isAborted)) {
            throw Failure.refused(app + " was aborted on " + names(degraded) + "; shiplog rollout retry " + app.name()
                    + " -n " + app.namespace() + " tries again");
        }
        throw Failure.refused(app + " is degraded on "
                + names(degraded) + "; shiplog describe app "
                + app.name() + " -n " + app.namespace() + " says more" + wayBack(degraded));
    }

    /** One advice: where the cluster's own sentence has a command, that one; after the first release there is no way. */
    private String wayBack(List<OnCluster> degraded) {
        boolean isTold = degraded.stream().anyMatch(cluster -> cluster.message().contains("shiplog "));
        return isTold || last.revision() < 2
                ? ""
                : ", shiplog rollout undo " + app.name() + " -n " + app.namespace() + " goes back";
    }

    private static String names(List<OnCluster> clusters) {
        return clusters.stream().map(OnCluster::name).collect(Collectors.joining(", "));
    }

    private Failure timedOut(Duration timeout) {
        var waiting = selected().stream()
                .filter(cluster -> cluster.phase() != Phase.Healthy)
                .map(cluster -> cluster.name() + ": " + sentence(cluster))
                .collect(Collectors.joining("\n  "));
        return Failure.timeout("timed out after " + dev.shiplog.cli.show.Age.of(timeout) + " waiting for " + app
                + (waiting.isEmpty() ? "" : "\n  " + waiting));
    }
}
