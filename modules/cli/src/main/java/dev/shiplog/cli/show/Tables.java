package dev.shiplog.cli.show;

import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables of {@code get}: one row each, kubectl's columns where kubectl has them. */
public final class Tables {

    private final Paint paint;
    private final boolean wide;
    private final Instant now;

    public Tables(Paint paint, boolean wide, Instant now) {
        this.paint = paint;
        this.wide = wide;
        this.now = now;
    }

    public List<String> apps(List<AppView> apps, boolean allNamespaces) {
        var table = new Table(columns(
                allNamespaces ? "NAMESPACE" : "",
                "NAME",
                "STATUS",
                "REVISION",
                "DESIRED",
                "CURRENT",
                "UP-TO-DATE",
                "AVAILABLE",
                "CLUSTERS",
                "AGE",
                wide ? "STRATEGY" : "",
                wide ? "IMAGES" : "",
                wide ? "MESSAGE" : ""));
        for (var app : apps) {
            long healthy = app.clusters().stream()
                    .filter(cluster -> cluster.phase() == Phase.Healthy)
                    .count();
            table.row(cells(
                    allNamespaces,
                    List.of(
                            app.namespace(),
                            app.name(),
                            paint.phase(app.phase()),
                            app.revision(),
                            app.replicas().desired(),
                            app.replicas().current(),
                            app.replicas().updated(),
                            app.replicas().available(),
                            healthy + "/" + app.clusters().size(),
                            Age.of(app.updated(), now)),
                    List.of(app.strategy(), String.join(",", app.images()), app.message())));
        }
        return table.lines();
    }

    public List<String> rollouts(List<RolloutView> rollouts, boolean allNamespaces) {
        var table = new Table(columns(
                allNamespaces ? "NAMESPACE" : "",
                "NAME",
                "CLUSTER",
                "STATUS",
                "REVISION",
                "DESIRED",
                "CURRENT",
                "UP-TO-DATE",
                "AVAILABLE",
                "EXTERNAL-IP",
                wide ? "IMAGES" : "",
                wide ? "MESSAGE" : ""));
        for (var rollout : rollouts) {
            var names = rollout.application().split("/", 2);
            var cluster = rollout.rollout();
            table.row(cells(
                    allNamespaces,
                    List.of(
                            names[0],
                            names[names.length - 1],
                            cluster.name(),
                            paint.phase(cluster.phase()),
                            cluster.revision(),
                            cluster.replicas().desired(),
                            cluster.replicas().current(),
                            cluster.replicas().updated(),
                            cluster.replicas().available(),
                            address(cluster)),
                    List.of(String.join(",", cluster.images()), cluster.message())));
        }
        return table.lines();
    }

    public List<String> clusters(List<ClusterView> clusters) {
        var table = new Table(columns(
                "NAME",
                "STATUS",
                "PROVIDER",
                "REGION",
                "VERSION",
                "APPS",
                "AGE",
                wide ? "LABELS" : "",
                wide ? "MESSAGE" : ""));
        for (var cluster : clusters) {
            table.row(cells(
                    true,
                    List.of(
                            cluster.name(),
                            paint.clusterState(cluster.state()),
                            cluster.labels().getOrDefault("provider", ""),
                            cluster.labels().getOrDefault("region", ""),
                            cluster.version() == null ? "" : cluster.version(),
                            cluster.applications(),
                            Age.of(cluster.since(), now)),
                    List.of(labels(cluster.labels()), cluster.message())));
        }
        return table.lines();
    }

    public List<String> releases(List<RevisionView> releases, boolean allNamespaces) {
        var table = new Table(columns(
                allNamespaces ? "NAMESPACE" : "",
                "NAME",
                "CHANGE-CAUSE",
                "ACTOR",
                "TIME",
                "OUTCOME",
                "CLUSTERS",
                wide ? "ORIGIN" : "",
                wide ? "IMAGES" : "",
                wide ? "REASON" : ""));
        for (var release : releases) {
            var names = release.application().split("/", 2);
            var deleted = release.deleted();
            if (deleted != null) {
                table.row(cells(
                        allNamespaces,
                        List.of(
                                names[0],
                                names[names.length - 1],
                                History.cause(deleted),
                                deleted.actor(),
                                Age.moment(deleted.time(), ZoneId.systemDefault()),
                                paint.outcome("Deleted"),
                                ""),
                        List.of("", "", deleted.reason())));
            }
            table.row(cells(
                    allNamespaces,
                    List.of(
                            names[0],
                            names[names.length - 1] + "@" + release.revision(),
                            History.cause(release),
                            release.actor(),
                            Age.moment(release.time(), ZoneId.systemDefault()),
                            paint.outcome(release.outcome()),
                            History.clusters(release)),
                    List.of(release.origin(), String.join(",", release.images()), release.reason())));
        }
        return table.lines();
    }

    static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    private static String address(OnCluster cluster) {
        return cluster.externalAddress() == null ? "<none>" : cluster.externalAddress();
    }

    private static String[] columns(String... names) {
        return java.util.Arrays.stream(names).filter(name -> !name.isEmpty()).toArray(String[]::new);
    }

    private Object[] cells(boolean withFirst, List<?> always, List<?> onlyWide) {
        var cells = new java.util.ArrayList<Object>(withFirst ? always : always.subList(1, always.size()));
        if (wide) {
            cells.addAll(onlyWide);
        }
        return cells.toArray();
    }
}
