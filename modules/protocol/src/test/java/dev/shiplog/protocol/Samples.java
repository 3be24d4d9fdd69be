package dev.shiplog.protocol;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.course.Traffic;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.domain.fleet.LabelSelector.Operator;
import dev.shiplog.domain.fleet.LabelSelector.Requirement;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the golden files hold, as the domain reads it. When the domain grows a field, what is said of it here is what the
 * events that were written before it mean.
 */
final class Samples {

    static final ApplicationName FRONTEND = new ApplicationName("default", "frontend");

    private static final ClusterSelection SOME = new ClusterSelection(
            List.of("gke-seoul", "onprem-busan"),
            new LabelSelector(
                    Map.of("visibility", "public", "provider", "gke"),
                    List.of(
                            new Requirement("region", Operator.IN, List.of("asia-northeast3", "kr-busan")),
                            new Requirement("region", Operator.NOT_IN, List.of("us-east-1")),
                            new Requirement("provider", Operator.EXISTS, List.of()),
                            new Requirement("drained", Operator.DOES_NOT_EXIST, List.of()))));

    private static final KubernetesObject SECRET = new KubernetesObject(
            object("""
                    {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "tls-certs",
                     "annotations": {"shiplog.dev/fingerprint": "40b64692"}}, "type": "Opaque"}"""), new TreeMap<>(Map.of("tls.key", "c2VhbGVk", "tls.crt", "c2VhbGVkIHRvbw==")));

    private static final KubernetesObject DEPLOYMENT = new KubernetesObject(object("""
            {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "frontend", "labels": null},
             "spec": {"replicas": 3, "weight": 0.25, "paused": false, "empty": {}, "list": [1, "two", [], null],
             "template": {"spec": {"containers": [{"name": "nginx", "image": "nginx:1.9.14", "note": "Grüße, \\"Seoul\\" 서울 🚢\\n"}]}}}}"""));

    private static final ReleaseSpec SPEC = new ReleaseSpec(
            List.of(SECRET, DEPLOYMENT),
            SOME,
            new Strategy.Rolling(Optional.of(Amount.percent(25)), Optional.of(Amount.pods(0)), Optional.of(600)),
            List.of(
                    new ClusterOverride(
                            ClusterSelection.named("onprem-busan"),
                            Optional.of(0),
                            Map.of("nginx", "registry.local/nginx:1.9.14", "sidecar", "registry.local/sidecar:2"),
                            Optional.of(new Strategy.Recreate(Optional.of(60))),
                            List.of(object("{\"kind\": \"Service\", \"spec\": {\"type\": null}}"))),
                    new ClusterOverride(ClusterSelection.ALL, Optional.empty(), Map.of(), Optional.empty(), List.of())),
            true,
            Optional.of("2026-01-31T09:00:00Z"));

    private static final Layout LAYOUT = new Layout(
            new TreeMap<>(Map.of(
                    Role.BLUE,
                    new Side(Content.GOOD, Optional.of(3)),
                    Role.GREEN,
                    new Side(Content.NEW, Optional.empty()))),
            Optional.of(Role.BLUE),
            Content.GOOD);

    private static final Trouble IMAGE_PULL = new Trouble(Trouble.Kind.IMAGE_PULL, "ImagePullBackOff: nginx:9");

    private Samples() {}

    static List<ApplicationEvent> applicationEvents() {
        var placements = List.of(
                new Placed(new Cluster("gke-seoul", Map.of("provider", "gke", "visibility", "public")), Optional.of(5)),
                new Placed(new Cluster("onprem-busan", Map.of()), Optional.empty()));
        var clusters = List.of("gke-seoul", "onprem-busan");
        return List.of(
                new ApplicationEvent.ReleaseCreated(
                        new Release(4, SPEC, clusters, "first release", new Origin.Undone(2)), 9, placements),
                new ApplicationEvent.Scaled(clusters, 5, 10),
                new ApplicationEvent.Paused(clusters, 11),
                new ApplicationEvent.Resumed(List.of("gke-seoul"), 12),
                new ApplicationEvent.RemovalRequested(clusters, 13),
                new ApplicationEvent.RolloutCompleted("gke-seoul", 4, 9),
                new ApplicationEvent.RolloutHeld(
                        "gke-seoul",
                        4,
                        9,
                        1,
                        Optional.of(Instant.parse("2026-01-31T09:05:00Z")),
                        Optional.of(Role.GREEN)),
                new ApplicationEvent.Promoted(new TreeMap<>(Map.of("gke-seoul", 2)), false, 10),
                new ApplicationEvent.AbortRequested(List.of("onprem-busan"), 11),
                new ApplicationEvent.TakeoverRequested(clusters, 12),
                new ApplicationEvent.RolloutAborted("onprem-busan", 4, 11, false),
                new ApplicationEvent.RolloutSettled("gke-seoul", 4, 10),
                new ApplicationEvent.RolloutFailed("onprem-busan", 4, 9, IMAGE_PULL),
                new ApplicationEvent.RolloutRemoved("onprem-busan", 13),
                new ApplicationEvent.ReleaseEnded(4, ReleaseResult.SUPERSEDED),
                new ApplicationEvent.ApplicationRemoved(),
                new ApplicationEvent.NothingChanged(4, "unchanged"),
                new ApplicationEvent.CommandRefused("paused", "cannot undo paused \"default/frontend\""));
    }

    static List<RolloutEvent> rolloutEvents() {
        return List.of(
                RolloutEvent.Assigned.inPlace(new Assignment(
                        FRONTEND,
                        "gke-seoul",
                        9,
                        4,
                        List.of(SECRET, DEPLOYMENT),
                        Strategy.AS_WRITTEN,
                        Directions.NONE,
                        true,
                        false,
                        true,
                        "cli#7")),
                new RolloutEvent.Advanced(9, LAYOUT, 1, true),
                new RolloutEvent.Held(9, 1, Optional.of(Instant.parse("2026-01-31T09:05:00Z"))),
                new RolloutEvent.Switched(
                        9,
                        4,
                        List.of("frontend"),
                        Role.BLUE,
                        Role.GREEN,
                        Map.of("app", "frontend", "shiplog.dev/colour", "blue"),
                        Map.of("app", "frontend", "shiplog.dev/colour", "green")),
                new RolloutEvent.Aborted(11, 4),
                new RolloutEvent.Released(9),
                new RolloutEvent.Applied(9),
                new RolloutEvent.Hindered(9, new Trouble(Trouble.Kind.UNREACHABLE, "connection refused")),
                new RolloutEvent.Completed(9, 4),
                new RolloutEvent.Failed(9, 4, IMAGE_PULL),
                new RolloutEvent.Pruned(
                        9,
                        Set.of(
                                new ObjectKey("v1", "Secret", "default", "tls-certs-0a1b2c3d4e"),
                                new ObjectKey("v1", "ConfigMap", "default", "nginx-0a1b2c3d4e"))),
                new RolloutEvent.Removed(13));
    }

    /** With what the messages have had since their first golden files. */
    static List<ApplicationEvent> grownApplicationEvents() {
        return List.of(
                new ApplicationEvent.RolloutCompleted(
                        "gke-seoul", 4, 9, Optional.of(Role.GREEN), Optional.empty(), true),
                new ApplicationEvent.RolloutAborted("onprem-busan", 4, 11, true));
    }

    static List<RolloutEvent> grownRolloutEvents() {
        var layout = new Layout(
                new TreeMap<>(Map.of(
                        Role.PLAIN,
                        new Side(Content.GOOD, Optional.of(3)),
                        Role.CANARY,
                        new Side(Content.NEW, Optional.of(1)))),
                Optional.of(Role.PLAIN),
                Content.GOOD,
                Traffic.weighing(25));
        var strategy = new Strategy.Canary(
                List.of(new Strategy.CanaryStep.SetWeight(25)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Strategy.TrafficRouting("public")));
        return List.of(
                new RolloutEvent.Assigned(
                        new Assignment(
                                FRONTEND,
                                "gke-seoul",
                                9,
                                4,
                                List.of(DEPLOYMENT),
                                strategy,
                                Directions.NONE,
                                false,
                                false,
                                false,
                                "cli#7"),
                        layout,
                        1),
                new RolloutEvent.Advanced(9, layout, 1, false));
    }

    static List<ApplicationCommand> commands() {
        return List.of(
                new ApplicationCommand.Apply(SPEC, "first release"),
                new ApplicationCommand.Scale(SOME, 0),
                new ApplicationCommand.SetImage(
                        ClusterSelection.ALL, Map.of("nginx", "nginx:1.9.15", "sidecar", "sidecar:3")),
                new ApplicationCommand.Pause(ClusterSelection.named("gke-seoul")),
                new ApplicationCommand.Resume(SOME),
                new ApplicationCommand.Undo(
                        SOME, new Destination.Moment(Instant.parse("2026-01-31T09:00:00.5Z")), true),
                new ApplicationCommand.Restart(ClusterSelection.ALL),
                new ApplicationCommand.Delete(SOME),
                new ApplicationCommand.Promote(SOME, true),
                new ApplicationCommand.Abort(SOME),
                new ApplicationCommand.Retry(SOME),
                new ApplicationCommand.Switch(SOME, Role.GREEN));
    }

    static <E> Recorded<E> recorded(E event) {
        return new Recorded<>(
                new CommandId("cli", "0195f3a8-7d5c-7e55-9d0a-6a6f1f2b3c4d"),
                Principal.claimed("ana"),
                "release 2026.1, Grüße",
                Instant.parse("2026-01-31T09:00:00.123456789Z"),
                "cli#0195f3a8-7d5c-7e55-9d0a-6a6f1f2b3c4d",
                event);
    }

    static Reading.Understood command(ApplicationCommand command) {
        return new Reading.Understood(
                FRONTEND, new CommandId("cli", "c-1"), Principal.claimed("ana"), "because", command);
    }

    static Json.Obj object(String text) {
        return (Json.Obj) JsonValues.parse(text);
    }
}
