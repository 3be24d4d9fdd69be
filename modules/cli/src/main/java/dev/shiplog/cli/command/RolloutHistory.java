package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.show.Description;
import dev.shiplog.cli.show.History;
import dev.shiplog.cli.show.Output;
import dev.shiplog.protocol.view.RevisionView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        header = "Show all revisions of an application: cause, actor, time, outcome; never cut off.",
        footer = {
            "",
            "Examples:",
            "  shiplog rollout history hello",
            "  shiplog rollout history hello --revision 2",
            "  shiplog rollout history hello -o json"
        })
final class RolloutHistory implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "APP", description = "The application, e.g. hello or app/hello.")
    String app = "";

    @Option(names = "--revision", paramLabel = "N", description = "Show this revision with all of its content.")
    int revision;

    @Mixin
    OutputOption output = new OutputOption();

    RolloutHistory(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var name = AppName.of(app, session);
        var fetch = new Fetch(session, false);
        var form = output.output();
        var console = session.console();
        if (revision != 0) {
            var release = fetch.release(new ReleaseName(name, revision));
            if (form.isDocument()) {
                console.out().println(form.document(release));
            } else {
                new Description(console.paint(), session.clock())
                        .release(release)
                        .forEach(console.out()::println);
            }
            return ExitCode.DONE;
        }
        var items = Fetch.items(fetch.history(name));
        if (form.isDocument()) {
            console.out().println(form.document(Fetch.array(items)));
        } else if (form == Output.NAME) {
            items.forEach(item -> console.out()
                    .println("release/" + name.name() + "@"
                            + item.path("revision").asInt(0)));
        } else {
            var revisions = items.stream()
                    .map(item -> ShiplogApi.read(item, RevisionView.class))
                    .toList();
            console.out().println(name);
            new History(console.paint(), session.clock().getZone())
                    .lines(revisions)
                    .forEach(console.out()::println);
        }
        return ExitCode.DONE;
    }
}
