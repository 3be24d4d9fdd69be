package dev.shiplog.views;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Asked;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Decider;
import dev.shiplog.domain.Decision;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.application.Application;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationDecider;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Rollout;
import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutDecider;
import dev.shiplog.domain.rollout.RolloutEvent;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.protocol.Events;
import dev.shiplog.protocol.ReleaseSpecs;
import dev.shiplog.views.history.FeedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A history as the real rules write it: applications are told commands, and what follows is in the feed as bytes. */
final class Story {

    static final Instant BEGIN = Instant.parse("2026-01-01T09:00:00Z");

    final List<FeedEvent> feed = new ArrayList<>();
    final Fleet fleet;

    private final Map<ApplicationName, Application> applications = new HashMap<>();
    private final Map<String, Rollout> rollouts = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private int commands;

    Story(String... clusters) {
        var known = new ArrayList<Cluster>();
        for (var name : clusters) {
            known.add(new Cluster(name, Map.of("region", name.startsWith("eu") ? "eu" : "asia")));
        }
        fleet = Fleet.of(known);
    }

    static ApplicationName name(String text) {
        return ApplicationName.parse(text);
    }

    static ReleaseSpec spec(String application, int replicas, String image) {
        return ReleaseSpecs.fromJson("""
                {"objects": [
                  {"object": {"apiVersion": "apps/v1", "kind": "Deployment",
                    "metadata": {"name": "%1$s", "labels": {"app": "%1$s", "tier": "backend"}},
                    "spec": {"replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s"}},
                      "template": {"metadata": {"labels": {"app": "%1$s"}},
                        "spec": {"containers": [{"name": "%1$s", "image": "%3$s"}]}}}}},
                  {"object": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%1$s"},
                    "spec": {"selector": {"app": "%1$s"}, "ports": [{"port": 80}]}}}],
                 "overrides": [{"clusters": {"matchLabels": {"region": "eu"}}, "replicas": 7}]}
                """.formatted(application, replicas, image));
    }

    Application application(String name) {
        return applications.getOrDefault(name(name), Application.NONE);
    }

    /** What ana asks; the id of the command. */
    CommandId ana(String application, ApplicationCommand command) {
        return tell(application, Principal.claimed("ana"), "because", command);
    }

    CommandId applies(String application, int replicas, String image) {
        return applies(application, replicas, image, Strategy.AS_WRITTEN);
    }

    CommandId applies(String application, int replicas, String image, Strategy strategy) {
        var plain = spec(name(application).name(), replicas, image);
        var spec = new ReleaseSpec(
                plain.objects(),
                plain.clusters(),
                strategy,
                plain.overrides(),
                plain.forceConflicts(),
                plain.restartedAt());
        return ana(application, new ApplicationCommand.Apply(spec, "use " + image));
    }

    static ClusterSelection on(String... clusters) {
        return clusters.length == 0 ? ClusterSelection.ALL : ClusterSelection.named(clusters);
    }

    /** A cluster says how its present generation ended. */
    void reports(String cluster, String application, ApplicationCommand.Result result) {
        var target = application(application).targets().get(cluster);
        int generation = target == null ? 0 : target.generation();
        tell(application, Principal.SHIPLOG, "", new ApplicationCommand.Report(cluster, generation, result));
    }

    void completes(String cluster, String application) {
        reports(cluster, application, new ApplicationCommand.Result.Completed());
    }

    Rollout rollout(String cluster, String application) {
        return rollouts.getOrDefault(stream(cluster, application), Rollout.NONE);
    }

    /**
     * A cluster on which everything works at once carries out what it owes, for so many turns.
     *
     * @param waits how long it lasts until time is looked at again
     */
    void carries(String cluster, String application, int turns, Duration waits) {
        var target = application(application).targets().get(cluster);
        if (target == null || !target.isOwed()) {
            return;
        }
        var assignment = new ApplicationDecider(name(application)).assignment(application(application), cluster);
        toRollout(cluster, application, Duration.ZERO, new RolloutCommand.Assign(assignment));
        for (int turn = 0; turn < turns; turn++) {
            for (var task : new RolloutDecider().outstanding(rollout(cluster, application))) {
                switch (task) {
                    case RolloutTask.Apply apply ->
                        toRollout(
                                cluster,
                                application,
                                Duration.ZERO,
                                new RolloutCommand.ConfirmApplied(assignment.generation(), apply.leg()));
                    case RolloutTask.Delete delete ->
                        toRollout(
                                cluster,
                                application,
                                Duration.ZERO,
                                new RolloutCommand.ConfirmDeleted(delete.generation(), delete.objects()));
                    case RolloutTask.Watch ignored ->
                        toRollout(
                                cluster,
                                application,
                                Duration.ZERO,
                                new RolloutCommand.Observe(
                                        Sightings.whole(rollout(cluster, application), cluster, at())));
                    case RolloutTask.Await ignored ->
                        toRollout(cluster, application, waits, new RolloutCommand.PassTime());
                    case RolloutTask.Tell tell -> tell(application, Principal.SHIPLOG, "", tell.report());
                }
            }
        }
    }

    private void toRollout(String cluster, String application, Duration waits, RolloutCommand command) {
        var decider = new RolloutDecider();
        var state = rollout(cluster, application);
        var asked = new Asked<>(command(), Principal.SHIPLOG, "", at().plus(waits), "", fleet, command);
        var stream = stream(cluster, application);
        if (decider.decide(state, asked) instanceof Decision.Accepted<RolloutEvent> accepted) {
            for (var event : accepted.events()) {
                var recorded = new Recorded<>(asked.id(), Principal.SHIPLOG, "", asked.at(), "", event);
                append(stream, Events.encodeRollout(stream, new byte[0], recorded));
                state = decider.evolve(state, recorded);
            }
        }
        rollouts.put(stream, state);
    }

    private static String stream(String cluster, String application) {
        return "rollout/" + cluster + "/" + application;
    }

    Target target(String cluster, String application) {
        var target = application(application).targets().get(cluster);
        if (target == null) {
            throw new AssertionError(application + " is not on " + cluster);
        }
        return target;
    }

    void rollout(String cluster, String application, RolloutEvent event) {
        var stream = stream(cluster, application);
        var recorded = new Recorded<>(command(), Principal.SHIPLOG, "", at(), "", event);
        append(stream, Events.encodeRollout(stream, new byte[0], recorded));
    }

    private CommandId tell(String application, Principal principal, String reason, ApplicationCommand command) {
        var name = name(application);
        Decider<ApplicationCommand, ApplicationEvent, Application, ?> decider = new ApplicationDecider(name);
        var state = application(application);
        var asked = new Asked<>(command(), principal, reason, at(), "", fleet, command);
        var events = switch (decider.decide(state, asked)) {
            case Decision.Accepted<ApplicationEvent> accepted -> accepted.events();
            case Decision.Rejected<ApplicationEvent> rejected -> decider.refusal(rejected.rejection());
        };
        var stream = "application/" + name;
        for (var event : events) {
            var recorded = new Recorded<>(asked.id(), principal, reason, asked.at(), asked.correlation(), event);
            append(stream, Events.encodeApplication(stream, new byte[0], recorded));
            state = decider.evolve(state, recorded);
        }
        applications.put(name, state);
        return asked.id();
    }

    private CommandId command() {
        return new CommandId("test", "command-" + ++commands);
    }

    private Instant at() {
        return BEGIN.plusSeconds(commands);
    }

    /** Offsets have gaps, as a journal's do. */
    private void append(String stream, byte[] bytes) {
        long sequence = sequences.merge(stream, 1L, Long::sum);
        feed.add(new FeedEvent((feed.size() + 1) * 3L, stream, sequence, bytes));
    }
}
