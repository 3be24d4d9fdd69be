package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Remove an application from its clusters.",
        description = {"", "Its objects go; its history stays for ever.", ""},
        footer = {
            "",
            "Examples:",
            "  shiplog delete app hello",
            "  shiplog delete app/hello --clusters onprem-busan --wait --reason 'moved to the cloud'"
        })
final class Delete implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "app NAME", description = "Which application: app hello, or app/hello.")
    List<String> names = List.of();

    @Mixin
    ClusterOptions clusters = new ClusterOptions();

    @Mixin
    SubmitOptions submit = new SubmitOptions();

    Delete(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var apps = apps();
        for (var app : apps) {
            var body = ShiplogApi.JSON.createObjectNode();
            var selection = clusters.select(body);
            var submission = new Submission(session, submit);
            submission.outcome(app, submission.command(app, "delete", body), "deleted");
            if (submit.waits) {
                new Following(session, app, selection, session.console().err()).untilGone(submit.timeout());
                session.console().err().println(app + " is gone" + (selection.isAll() ? "" : " from these clusters"));
            }
        }
        return ExitCode.DONE;
    }

    private List<AppName> apps() {
        var first = names.getFirst();
        if (AppName.WORDS.contains(first) && names.size() > 1) {
            return names.stream().skip(1).map(name -> AppName.of(name, session)).toList();
        }
        var apps = new ArrayList<AppName>();
        for (var name : names) {
            if (name.indexOf('/') < 0) {
                throw Failure.usage("say what \"" + name + "\" is: shiplog delete app " + name);
            }
            apps.add(AppName.of(name, session));
        }
        return apps;
    }
}
