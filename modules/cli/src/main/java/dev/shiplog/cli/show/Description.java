package dev.shiplog.cli.show;

import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** All there is to say about one thing, as {@code kubectl describe} says it. */
public final class Description {

    private static final int EVENTS_MAX = 20;

    private final Paint paint;
    private final Clock clock;

    public Description(Paint paint, Clock clock) {
        this.paint = paint;
        this.clock = clock;
    }

    /** @param events oldest first */
    public List<String> app(AppView app, List<RevisionView> history, List<EventView> events) {
        var lines = new ArrayList<>(new LiveTree(paint).lines(app, clock.instant()));
        for (var cluster : app.clusters()) {
            lines.add("");
            lines.add(field("Cluster", paint.strong(cluster.name())));
            lines.add(field("  Labels", Tables.labels(cluster.labels())));
            lines.add(field("  Status", paint.phase(cluster.phase()) + (cluster.paused() ? " (paused)" : "")));
            if (!cluster.message().isBlank()) {
                lines.add(field("  Message", cluster.message()));
            }
            lines.add(field("  Revision", String.valueOf(cluster.revision())));
            lines.add(field("  Images", String.join(", ", cluster.images())));
            lines.add(field("  Replicas", LiveTree.counts(cluster.replicas())));
            lines.add(field("  Strategy", cluster.strategy()));
            Course.lines(cluster, clock.getZone()).forEach(line -> lines.add(field("  " + line.name(), line.text())));
            lines.add(field("  External IP", cluster.externalAddress() == null ? "<none>" : cluster.externalAddress()));
            for (var trouble : cluster.troubles()) {
                lines.add(field("  Trouble", paint.bad(trouble.cause() + ": " + trouble.detail())));
            }
        }
        lines.add("");
        lines.add("History:");
        indented(new History(paint, clock.getZone()).lines(history), lines);
        lines.add("");
        lines.add("Events:");
        var shown = events.subList(Math.max(0, events.size() - EVENTS_MAX), events.size());
        var table = new Table("AGE", "ACTOR", "TYPE", "SUMMARY");
        shown.forEach(event ->
                table.row(Age.of(event.time(), clock.instant()), event.actor(), event.type(), event.summary()));
        indented(table.lines(), lines);
        if (shown.size() < events.size()) {
            lines.add("  … and " + (events.size() - shown.size()) + " earlier; -o json shows all");
        }
        return lines;
    }

    public List<String> cluster(ClusterView cluster, List<RolloutView> rollouts) {
        var lines = new ArrayList<String>();
        lines.add(field("Name", paint.strong(cluster.name())));
        lines.add(field("Labels", Tables.labels(cluster.labels())));
        lines.add(field("Status", paint.clusterState(cluster.state())));
        if (!cluster.message().isBlank()) {
            lines.add(field("Message", cluster.message()));
        }
        lines.add(field("Version", cluster.version() == null ? "<unknown>" : cluster.version()));
        lines.add(field(
                "Since", cluster.since() == null ? "<never seen>" : Age.moment(cluster.since(), clock.getZone())));
        lines.add(field("Applications", String.valueOf(cluster.applications())));
        if (!rollouts.isEmpty()) {
            lines.add("");
            indented(new Tables(paint, true, clock.instant()).rollouts(rollouts, true), lines);
        }
        return lines;
    }

    /** @param release the revision and its content, as {@code /v1/apps/NAMESPACE/NAME/releases/REVISION} gives it */
    public List<String> release(JsonNode release) {
        var revision = ShiplogApi.read(release.path("revision"), RevisionView.class);
        var lines = new ArrayList<String>();
        lines.add(field("Application", paint.strong(revision.application())));
        lines.add(field("Revision", String.valueOf(revision.revision())));
        lines.add(field("Cause", History.cause(revision)));
        lines.add(field("Origin", revision.origin()));
        lines.add(field("Actor", revision.actor()));
        if (!revision.reason().isBlank()) {
            lines.add(field("Reason", revision.reason()));
        }
        lines.add(field("Time", Age.moment(revision.time(), clock.getZone())));
        lines.add(field("Images", String.join(", ", revision.images())));
        lines.add(field("Outcome", paint.outcome(revision.outcome())));
        var clusters = new Table("CLUSTER", "OUTCOME", "MESSAGE");
        revision.clusters()
                .forEach(cluster -> clusters.row(cluster.name(), paint.outcome(cluster.outcome()), cluster.message()));
        lines.add("Clusters:");
        indented(clusters.lines(), lines);
        lines.add("Spec:");
        indented(Output.YAML.document(unfolded(release.path("spec"))).lines().toList(), lines);
        return lines;
    }

    /** Objects that are kept as text are shown as what they are; of sealed values, only the keys. */
    private static JsonNode unfolded(JsonNode spec) {
        if (!(spec.deepCopy() instanceof ObjectNode copy)) {
            return spec;
        }
        for (var object : copy.withArray("objects")) {
            if (object instanceof ObjectNode entry) {
                if (entry.path("json").isString()) {
                    entry.set(
                            "object",
                            ShiplogApi.JSON.readTree(entry.path("json").stringValue()));
                    entry.remove("json");
                }
                if (entry.path("sealed") instanceof ObjectNode sealed) {
                    List.copyOf(sealed.propertyNames()).forEach(key -> sealed.put(key, "(sealed)"));
                }
            }
        }
        return copy;
    }

    private static void indented(List<String> from, List<String> to) {
        from.forEach(line -> to.add("  " + line));
    }

    private static String field(String name, String value) {
        return String.format("%-17s%s", name + ":", value);
    }
}
