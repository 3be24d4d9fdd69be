package dev.shiplog.cli;

import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.command.CommandLines;
import dev.shiplog.cli.show.LiveTree;
import dev.shiplog.cli.show.Paint;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.Phase;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Does what commands commonly do, with nobody to see it. The launcher runs it once after a build, so that the JVM's
 * archive has the classes that are needed then, and each command starts in a fraction of the time.
 */
public final class Rehearsal {

    private static final String MANIFEST = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: hello}}";
    private static final String RELEASE =
            "{apiVersion: shiplog.dev/v1, kind: Release, metadata: {name: hello}, spec: {objects: [" + MANIFEST + "]}}";

    /** The discard port: nothing answers there. */
    private static final String NOBODY = "http://127.0.0.1:9";

    private Rehearsal() {}

    public static void main(String[] args) {
        run("--help");
        run("get", "apps");
        run("scale", "hello", "--replicas", "1");
        run("apply", "-f", "-", "--dry-run=client", "-o", "yaml");
        run("rollout", "undo", "hello", "--to-revision", "1", "-l", "provider=gke");
        var replicas = new AppView.Replicas(1, 1, 1, 1, 1);
        var cluster = new AppView.OnCluster(
                "gke-seoul",
                Map.of(),
                Phase.Healthy,
                1,
                List.of(),
                replicas,
                "",
                null,
                false,
                List.of(),
                List.of(new AppView.Workload("Deployment", "hello", List.of(), replicas, null, 1)),
                Instant.EPOCH,
                "rolling",
                "Completed",
                null,
                null,
                null,
                null,
                null,
                null);
        var app = new AppView(
                "hello",
                "default",
                Phase.Healthy,
                1,
                "",
                "rolling",
                List.of(),
                replicas,
                Instant.EPOCH,
                List.of(cluster));
        var read = ShiplogApi.read(ShiplogApi.JSON.readTree(ShiplogApi.JSON.writeValueAsString(app)), AppView.class);
        new LiveTree(Paint.COLOURED).lines(read, Instant.EPOCH);
    }

    private static void run(String... words) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var console = new Console(
                new ByteArrayInputStream(RELEASE.getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                true,
                true,
                80,
                24,
                Map.of("SHIPLOG_SERVER", NOBODY));
        CommandLines.run(console, Clock.systemUTC(), words);
    }
}
