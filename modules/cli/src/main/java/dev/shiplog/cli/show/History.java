package dev.shiplog.cli.show;

import dev.shiplog.protocol.view.RevisionView;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/** The revisions of an application, oldest first, as {@code kubectl rollout history} shows them and with who, when and how. */
public final class History {

    private static final int NAMED_MAX = 3;

    private final Paint paint;
    private final ZoneId zone;

    public History(Paint paint, ZoneId zone) {
        this.paint = paint;
        this.zone = zone;
    }

    public List<String> lines(List<RevisionView> revisions) {
        var table = new Table("REVISION", "CHANGE-CAUSE", "ACTOR", "TIME", "OUTCOME", "CLUSTERS");
        for (var revision : revisions) {
            table.row(
                    revision.revision(),
                    cause(revision),
                    revision.actor(),
                    Age.moment(revision.time(), zone),
                    paint.outcome(revision.outcome()),
                    clusters(revision));
            var deleted = revision.deleted();
            if (deleted != null) {
                table.row(
                        "-",
                        cause(deleted),
                        deleted.actor(),
                        Age.moment(deleted.time(), zone),
                        paint.outcome("Deleted"),
                        "");
            }
        }
        return table.lines();
    }

    static String cause(RevisionView revision) {
        return revision.cause().isBlank() ? "<none>" : revision.cause();
    }

    static String cause(RevisionView.Deletion deletion) {
        return deletion.reason().isBlank() ? "deleted" : "deleted: " + deletion.reason();
    }

    /** How many clusters it was completed on, and which went another way: {@code 2/3, Failed: onprem-busan}. */
    static String clusters(RevisionView revision) {
        var all = revision.clusters();
        var others = all.stream()
                .filter(cluster -> !cluster.outcome().equals("Completed"))
                .collect(Collectors.groupingBy(
                        RevisionView.OnCluster::outcome, java.util.TreeMap::new, Collectors.toList()));
        var done = all.size() - others.values().stream().mapToInt(List::size).sum();
        var text = new StringBuilder(done + "/" + all.size());
        others.forEach((outcome, clusters) -> {
            text.append(", ").append(outcome).append(": ");
            text.append(clusters.stream()
                    .limit(NAMED_MAX)
                    .map(RevisionView.OnCluster::name)
                    .collect(Collectors.joining(" ")));
            if (clusters.size() > NAMED_MAX) {
                text.append(" +").append(clusters.size() - NAMED_MAX);
            }
        });
        return text.toString();
    }
}
