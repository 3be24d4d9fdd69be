package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        header = "Return to an earlier revision: images, configuration, selectors, all of it.",
        description = {
            "",
            "Without --to-revision or --to-time: to the newest earlier revision that became healthy. The scale stays as "
                    + "it is now (an incident is no time to shrink), unless --with-scale or a moment in time is asked for.",
            "",
            "A revision comes back as the whole that it was, with its strategy: after a revision that rolled, an undo to it "
                    + "leads from a canary or from colours back to a plain Deployment.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  shiplog rollout undo hello --wait",
            "  shiplog rollout undo hello --to-revision 1 --reason 'complaints since noon'",
            "  shiplog rollout undo hello --to-time 10m",
            "  shiplog rollout undo hello --to-time 2026-11-22T15:04:05Z --clusters gke-seoul"
        })
final class RolloutUndo implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "APP", description = "The application, e.g. hello or app/hello.")
    String app = "";

    @Option(
            names = "--to-revision",
            paramLabel = "N",
            description = "Return to this revision; 0 is the one before, as without the option.")
    @Nullable Integer revision;

    @Option(
            names = "--to-time",
            paramLabel = "TIME",
            description =
                    "Return to what was there then: 2026-11-22T15:04:05Z, '2026-11-22 15:04' here, or 10m ago as 10m.")
    @Nullable String time;

    @Option(names = "--with-scale", description = "Bring back the number of pods too.")
    boolean withScale;

    @Mixin
    ClusterOptions clusters = new ClusterOptions();

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    RolloutUndo(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = ShiplogApi.JSON.createObjectNode();
        if (revision != null && time != null) {
            throw Failure.usage("--to-revision and --to-time say two different things; give one of them");
        }
        // As kubectl has it, revision 0 is the one before.
        if (revision != null && revision != 0) {
            if (revision < 0) {
                throw Failure.usage("--to-revision must be 0 or more, not " + revision);
            }
            body.put("revision", revision);
        }
        if (time != null) {
            body.put("moment", Moments.of(time, session.clock()).toString());
        }
        if (withScale) {
            body.put("withScale", true);
        }
        var selection = clusters.select(body);
        return new Submission(session, submit).submit(AppName.of(app, session), "undo", body, "rolled back", selection);
    }
}
