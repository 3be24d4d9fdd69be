package dev.shiplog.cli;

import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.AppView.Replicas;
import dev.shiplog.protocol.view.AppView.TroubleView;
import dev.shiplog.protocol.view.AppView.Workload;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.RevisionView;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things as the API shows them. */
public final class Views {

    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final Map<String, Map<String, String>> LABELS = Map.of(
            "gke-seoul", Map.of("provider", "gke", "region", "asia-northeast3", "visibility", "public"),
            "eks-virginia", Map.of("provider", "eks", "region", "us-east-1", "visibility", "public"),
            "onprem-busan", Map.of("provider", "onprem", "region", "kr-busan", "visibility", "private"));

    private Views() {}

    public static AppView hello(int revision, OnCluster... clusters) {
        var phases = Arrays.stream(clusters).map(OnCluster::phase).toList();
        var phase = phases.contains(Phase.Degraded)
                ? Phase.Degraded
                : phases.contains(Phase.Paused)
                        ? Phase.Paused
                        : phases.contains(Phase.Progressing) ? Phase.Progressing : Phase.Healthy;
        return new AppView(
                "hello",
                "default",
                phase,
                revision,
                Arrays.stream(clusters)
                        .filter(cluster -> cluster.phase() != Phase.Healthy)
                        .map(OnCluster::message)
                        .findFirst()
                        .orElse(""),
                "rolling",
                List.of("kelseyhightower/hello:" + revision + ".0.0"),
                Arrays.stream(clusters).map(OnCluster::replicas).reduce(new Replicas(0, 0, 0, 0, 0), Views::sum),
                NOON.minusSeconds(45),
                List.of(clusters));
    }

    public static OnCluster healthy(String cluster, int revision) {
        return on(cluster, revision, Phase.Healthy, 3, "deployment \"hello\" successfully rolled out", "10.96.0.7");
    }

    public static OnCluster progressing(String cluster, int revision, int updated) {
        return on(
                cluster,
                revision,
                Phase.Progressing,
                updated,
                "Waiting for deployment \"hello\" rollout to finish: " + updated
                        + " out of 3 new replicas have been updated...",
                null);
    }

    public static OnCluster paused(String cluster, int revision, int updated) {
        return on(cluster, revision, Phase.Paused, updated, "", null);
    }

    public static OnCluster degraded(String cluster, int revision) {
        return on(
                cluster,
                revision,
                Phase.Degraded,
                1,
                "deployment \"hello\" exceeded its progress deadline",
                null,
                new TroubleView("ImagePull", "ImagePullBackOff: kelseyhightower/hello:2.0.0"));
    }

    /** Refused by the cluster: what is said of it is its trouble. */
    public static OnCluster refused(String cluster, int revision) {
        return on(
                cluster,
                revision,
                Phase.Degraded,
                1,
                "Invalid: deployment \"hello\": no such thing",
                null,
                new TroubleView("Invalid", "deployment \"hello\": no such thing"));
    }

    /** Failed, and its sentence says why beside what to do. */
    public static OnCluster withoutImage(String cluster, int revision) {
        return on(
                cluster,
                revision,
                Phase.Degraded,
                1,
                "ImagePull: image \"a:2\" of container \"a\": ErrImagePull; shiplog rollout abort hello takes it away",
                null,
                new TroubleView("ImagePull", "image \"a:2\" of container \"a\": ErrImagePull"));
    }

    /** Nothing of it is there. */
    public static OnCluster unwritten(String cluster, int revision) {
        return new OnCluster(
                cluster,
                LABELS.getOrDefault(cluster, Map.of()),
                Phase.Progressing,
                revision,
                List.of(),
                new Replicas(3, 0, 0, 0, 0),
                "waiting for the objects to be written to the cluster; nothing of it is there",
                null,
                false,
                List.of(),
                List.of(),
                NOON.minusSeconds(3),
                "rolling",
                "Owed",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Held with 1 canary pod beside 3; until the moment, or until it is promoted. */
    public static OnCluster canary(String cluster, @Nullable Instant until) {
        var stable = new Replicas(3, 3, 3, 3, 3);
        var one = new Replicas(1, 1, 1, 1, 1);
        return new OnCluster(
                cluster,
                LABELS.getOrDefault(cluster, Map.of()),
                Phase.Paused,
                2,
                List.of("kelseyhightower/hello:1.0.0", "kelseyhightower/hello:2.0.0"),
                new Replicas(4, 4, 1, 4, 4),
                until == null
                        ? "paused at step 2 of 4 (pause: until promoted); shiplog rollout promote hello"
                        : "paused at step 2 of 4 (pause: 5m) until " + until,
                null,
                false,
                List.of(),
                List.of(
                        new Workload(
                                "Deployment", "hello", List.of("kelseyhightower/hello:1.0.0"), stable, "stable", 1),
                        new Workload(
                                "Deployment",
                                "hello-canary",
                                List.of("kelseyhightower/hello:2.0.0"),
                                one,
                                "canary",
                                2)),
                NOON.minusSeconds(3),
                "canary",
                "Held",
                new AppView.Step(2, 4, until == null ? "pause: until promoted" : "pause: 5m"),
                until,
                new AppView.Weight(25, 25, null),
                null,
                null,
                null);
    }

    /** Users come to blue, which is kept for a while after green has taken over where {@code kept}. */
    public static OnCluster colours(String cluster, boolean kept) {
        var three = new Replicas(3, 3, 3, 3, 3);
        return new OnCluster(
                cluster,
                LABELS.getOrDefault(cluster, Map.of()),
                kept ? Phase.Healthy : Phase.Paused,
                2,
                List.of("kelseyhightower/hello:1.0.0", "kelseyhightower/hello:2.0.0"),
                kept ? three : new Replicas(6, 6, 3, 6, 6),
                kept ? "" : "paused at step 1 of 2 (preview), green is ready; shiplog rollout promote hello",
                null,
                false,
                List.of(),
                List.of(
                        new Workload(
                                "Deployment",
                                "hello-blue",
                                List.of("kelseyhightower/hello:1.0.0"),
                                three,
                                kept ? "kept" : "active",
                                1),
                        new Workload(
                                "Deployment",
                                "hello-green",
                                List.of("kelseyhightower/hello:2.0.0"),
                                three,
                                kept ? "active" : "preview",
                                2)),
                NOON.minusSeconds(3),
                "blueGreen",
                kept ? "Completed" : "Held",
                kept ? null : new AppView.Step(1, 2, "preview"),
                null,
                null,
                kept ? "green" : "blue",
                kept ? null : "green",
                kept ? NOON.plusSeconds(30) : null);
    }

    public static OnCluster aborted(String cluster) {
        var replicas = new Replicas(3, 3, 0, 3, 3);
        return new OnCluster(
                cluster,
                LABELS.getOrDefault(cluster, Map.of()),
                Phase.Degraded,
                2,
                List.of("kelseyhightower/hello:1.0.0"),
                replicas,
                "revision 2 was aborted; revision 1 serves",
                null,
                false,
                List.of(),
                List.of(),
                NOON.minusSeconds(3),
                "canary",
                "Aborted",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static OnCluster on(
            String cluster,
            int revision,
            Phase phase,
            int updated,
            String message,
            @Nullable String address,
            TroubleView... troubles) {
        var images = List.of("kelseyhightower/hello:" + revision + ".0.0");
        var replicas = new Replicas(3, updated == 3 ? 3 : 4, updated, 3, 3);
        return new OnCluster(
                cluster,
                LABELS.getOrDefault(cluster, Map.of()),
                phase,
                revision,
                images,
                replicas,
                message,
                address,
                phase == Phase.Paused,
                List.of(troubles),
                List.of(new Workload("Deployment", "hello", images, replicas, null, revision)),
                NOON.minusSeconds(3),
                "rolling",
                phase == Phase.Degraded ? "Failed" : phase == Phase.Progressing ? "Owed" : "Completed",
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Replicas sum(Replicas one, Replicas other) {
        return new Replicas(
                one.desired() + other.desired(),
                one.current() + other.current(),
                one.updated() + other.updated(),
                one.ready() + other.ready(),
                one.available() + other.available());
    }

    public static ClusterView cluster(String name, String state) {
        return new ClusterView(
                name,
                LABELS.getOrDefault(name, Map.of()),
                state,
                state.equals("Reachable") ? "v1.36.2" : null,
                state.equals("Unreachable") ? "Unreachable: connection refused" : "",
                2,
                NOON.minusSeconds(7200));
    }

    public static RevisionView revision(int revision, String outcome, RevisionView.OnCluster... clusters) {
        return new RevisionView(
                "default/hello",
                revision,
                revision == 1 ? "first release" : "",
                "mina",
                revision == 1 ? "" : "the new greeting",
                NOON.plusSeconds(60L * revision),
                List.of("kelseyhightower/hello:" + revision + ".0.0"),
                revision == 1 ? "apply" : "set image",
                outcome,
                List.of(clusters),
                null);
    }

    public static RevisionView deleted(RevisionView last, String reason) {
        return new RevisionView(
                last.application(),
                last.revision(),
                last.cause(),
                last.actor(),
                last.reason(),
                last.time(),
                last.images(),
                last.origin(),
                last.outcome(),
                last.clusters(),
                new RevisionView.Deletion("jun", reason, last.time().plusSeconds(3600)));
    }

    public static RevisionView.OnCluster ended(String cluster, String outcome) {
        return new RevisionView.OnCluster(cluster, outcome, outcome.equals("Failed") ? "ImagePull: not found" : "");
    }
}
