package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scale",
        header = "Set how many pods an application has on each cluster.",
        description = {"", "Makes no new revision. An undo keeps the scale, unless --with-scale is given.", ""},
        footer = {
            "",
            "Examples:",
            "  shiplog scale hello --replicas 5",
            "  shiplog scale hello --replicas 3 --clusters gke-seoul --wait",
            "  shiplog scale app/hello --replicas 1 -l provider=onprem --reason 'little room there'"
        })
final class Scale implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "APP", description = "The application, e.g. hello or app/hello.")
    String app = "";

    @Option(names = "--replicas", required = true, paramLabel = "N", description = "Pods on each cluster.")
    int replicas;

    @Mixin
    ClusterOptions clusters = new ClusterOptions();

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    Scale(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (replicas < 0) {
            throw Failure.usage("--replicas must be 0 or more, not " + replicas);
        }
        var body = ShiplogApi.JSON.createObjectNode();
        body.put("replicas", replicas);
        var selection = clusters.select(body);
        return new Submission(session, submit)
                .submit(AppName.of(app, session), "scale", body, "scaled to " + replicas, selection);
    }
}
