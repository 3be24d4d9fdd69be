package dev.shiplog.cli.show;

import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.AppView.OnCluster;
import dev.shiplog.protocol.view.AppView.Replicas;
import dev.shiplog.protocol.view.AppView.TroubleView;
import dev.shiplog.protocol.view.AppView.Workload;
import dev.shiplog.protocol.view.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An application as a tree: a header, then the release, under it each cluster, under that a node per revision
 * with its workloads.
 * The age of a release is since its last change, that of a cluster since it last showed something.
 */
public final class LiveTree {

    private static final String BRANCH = "├──";
    private static final String LAST = "└──";
    private static final String PASSING = "│  ";
    private static final String EMPTY = "   ";

    private final Paint paint;

    public LiveTree(Paint paint) {
        this.paint = paint;
    }

    public List<String> lines(AppView app, Instant now) {
        return lines(app, now, "");
    }

    /** @param stale why what is shown is old; empty: it is not */
    public List<String> lines(AppView app, Instant now, String stale) {
        var lines = new ArrayList<String>();
        if (!stale.isEmpty()) {
            lines.add(paint.bad("⚠ what is shown is old: " + stale));
        }
        lines.addAll(header(app, now));
        lines.add("");
        lines.addAll(tree(app, now));
        return lines;
    }

    /** A line for each cluster that says how it is: what a log keeps of the tree, without anything that always changes. */
    public static List<String> log(AppView app) {
        var lines = new ArrayList<String>();
        lines.add("⟳ " + app.name() + " revision:" + app.revision() + " " + Paint.PLAIN.phase(app.phase()));
        for (var cluster : app.clusters()) {
            lines.add(cluster.name() + " revision:" + cluster.revision() + " " + Paint.PLAIN.phase(cluster.phase())
                    + " " + counts(cluster.replicas())
                    + Course.share(cluster).map(share -> " " + share).orElse("")
                    + (cluster.message().isBlank() ? "" : " " + cluster.message()));
        }
        return lines;
    }

    private List<String> header(AppView app, Instant now) {
        var lines = new ArrayList<String>();
        lines.add(field("Name", app.name()));
        lines.add(field("Namespace", app.namespace()));
        lines.add(field("Status", paint.phase(app.phase())));
        if (!app.message().isBlank()) {
            lines.add(field("Message", Course.message(app.message(), app.clusters(), now)));
        }
        lines.add(field("Strategy", Course.strategies(app)));
        Course.lines(app).forEach(line -> lines.add(field("  " + line.name(), line.text())));
        lines.add(field("Revision", String.valueOf(app.revision())));
        for (int i = 0; i < app.images().size(); i++) {
            lines.add(field(i == 0 ? "Images" : "", app.images().get(i)));
        }
        lines.add("Replicas:");
        lines.add(field("  Desired", String.valueOf(app.replicas().desired())));
        lines.add(field("  Current", String.valueOf(app.replicas().current())));
        lines.add(field("  Updated", String.valueOf(app.replicas().updated())));
        lines.add(field("  Ready", String.valueOf(app.replicas().ready())));
        lines.add(field("  Available", String.valueOf(app.replicas().available())));
        return lines;
    }

    private static String field(String name, String value) {
        return String.format("%-17s%s", name.isEmpty() ? "" : name + ":", value);
    }

    private List<String> tree(AppView app, Instant now) {
        var table = new Table("NAME", "KIND", "STATUS", "AGE", "INFO");
        long healthy = app.clusters().stream()
                .filter(cluster -> cluster.phase() == Phase.Healthy)
                .count();
        table.row(
                paint.strong("⟳ " + app.name()),
                "Release",
                paint.phase(app.phase()),
                Age.of(app.updated(), now),
                "revision:" + app.revision() + ", " + healthy + " of "
                        + app.clusters().size() + " clusters healthy");
        for (int i = 0; i < app.clusters().size(); i++) {
            boolean last = i == app.clusters().size() - 1;
            cluster(table, app.clusters().get(i), last, now);
        }
        return table.lines();
    }

    private void cluster(Table table, OnCluster cluster, boolean last, Instant now) {
        var address = cluster.externalAddress();
        table.row(
                (last ? LAST : BRANCH) + cluster.name(),
                "Cluster",
                paint.phase(cluster.phase()),
                Age.of(cluster.seen(), now),
                address == null ? labels(cluster) : address);
        var indent = last ? EMPTY : PASSING;
        boolean isTold = cluster.troubles().stream()
                .anyMatch(trouble -> cluster.message().equals(text(trouble)));
        boolean says = cluster.phase() != Phase.Healthy && !cluster.message().isBlank() && !isTold;
        var troubles = cluster.troubles().stream()
                .filter(trouble -> !says || !cluster.message().contains(text(trouble)))
                .toList();
        var below = troubles.size() + (says ? 1 : 0);
        var revisions = revisions(cluster);
        int left = below + revisions.size();
        for (var revision : revisions.entrySet()) {
            left--;
            var workloads = revision.getValue();
            table.row(
                    indent + (left == 0 ? LAST : BRANCH) + "# revision:" + revision.getKey(),
                    "Revision",
                    "",
                    "",
                    paint.faint(images(cluster, revisions.size() == 1, workloads)));
            var workloadIndent = indent + (left == 0 ? EMPTY : PASSING);
            for (int i = 0; i < workloads.size(); i++) {
                boolean end = i == workloads.size() - 1;
                workload(table, workloads.get(i), workloadIndent + (end ? LAST : BRANCH), cluster, now);
            }
        }
        if (says) {
            below--;
            table.row(
                    indent + (below == 0 ? LAST : BRANCH) + sentenceSign(cluster),
                    "",
                    "",
                    "",
                    Course.message(cluster.message(), List.of(cluster), now));
        }
        for (var trouble : troubles) {
            below--;
            table.row(
                    indent + (below == 0 ? LAST : BRANCH) + paint.bad("⚠ " + trouble.cause()),
                    "Trouble",
                    "",
                    "",
                    paint.bad(trouble.detail()));
        }
    }

    private static String text(TroubleView trouble) {
        return trouble.cause() + ": " + trouble.detail();
    }

    /**
     * The workloads by the revision whose pods they are, the newest first. What the cluster is to run is left out where
     * nothing of it is there and something else is, as after an abort.
     */
    private static SortedMap<Integer, List<Workload>> revisions(OnCluster cluster) {
        var revisions = new TreeMap<Integer, List<Workload>>(Comparator.reverseOrder());
        for (var workload : cluster.workloads()) {
            int revision = workload.revision() == 0 ? cluster.revision() : workload.revision();
            revisions.computeIfAbsent(revision, ignored -> new ArrayList<>()).add(workload);
        }
        if (revisions.isEmpty()) {
            revisions.put(cluster.revision(), List.of());
        }
        return revisions;
    }

    private static String images(OnCluster cluster, boolean isOnly, List<Workload> workloads) {
        return isOnly
                ? images(cluster)
                : workloads.stream()
                        .flatMap(workload -> workload.images().stream())
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /** Those that run: what a revision wants and the cluster has not been given yet is no part of it. */
    private static String images(OnCluster cluster) {
        if (!cluster.images().isEmpty()) {
            return String.join(", ", cluster.images());
        }
        return cluster.seen() == null ? "not seen yet" : "nothing runs";
    }

    private static String sentenceSign(OnCluster cluster) {
        return switch (cluster.phase()) {
            case Healthy, Progressing -> "◷ waits";
            case Paused -> "॥ held";
            case Degraded -> cluster.standing().equals("Aborted") ? "✖ aborted" : "✖ failed";
        };
    }

    private void workload(Table table, Workload workload, String prefix, OnCluster cluster, Instant now) {
        table.row(
                prefix + "⧉ " + workload.name(),
                workload.kind(),
                status(workload, cluster),
                "",
                (workload.role() == null ? "" : paint.strong(role(workload.role(), cluster, now)) + " ")
                        + counts(workload.replicas())
                        + Course.share(cluster, workload)
                                .map(share -> " " + share)
                                .orElse(""));
    }

    /** {@code kept for 9m40s more}. */
    private static String role(String role, OnCluster cluster, Instant now) {
        var until = cluster.keptUntil();
        return role.equals("kept") && until != null && until.isAfter(now)
                ? "kept for " + Age.of(Duration.between(now, until)) + " more,"
                : role;
    }

    /** What stands beside the rollout (a stable side, a colour that is kept) is not held because the rollout is. */
    private String status(Workload workload, OnCluster cluster) {
        var replicas = workload.replicas();
        boolean done = replicas.desired() == replicas.current()
                && replicas.desired() == replicas.updated()
                && replicas.desired() == replicas.available();
        if (done) {
            return paint.phase(Phase.Healthy);
        }
        return paint.phase(cluster.phase() == Phase.Healthy ? Phase.Progressing : cluster.phase());
    }

    static String counts(Replicas replicas) {
        return "desired:" + replicas.desired() + " current:" + replicas.current() + " updated:" + replicas.updated()
                + " available:" + replicas.available();
    }

    private static String labels(OnCluster cluster) {
        var labels = cluster.labels();
        return String.join(
                ", ",
                List.of("provider", "region", "visibility").stream()
                        .filter(labels::containsKey)
                        .map(labels::get)
                        .toList());
    }
}
