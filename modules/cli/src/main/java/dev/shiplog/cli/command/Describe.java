package dev.shiplog.cli.command;

import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.cli.show.Description;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.ClusterView;
import dev.shiplog.protocol.view.EventView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.protocol.view.RolloutView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "describe",
        header = "Show everything about an application, a cluster or a release.",
        description = {"", "A release is named APP@REVISION; without a revision, the newest is described.", ""},
        footer = {
            "",
            "Examples:",
            "  shiplog describe app hello",
            "  shiplog describe cluster gke-seoul",
            "  shiplog describe release hello@2 -o yaml"
        })
final class Describe implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "KIND NAME", description = "What to describe: app, cluster or release.")
    List<String> words = List.of();

    @Mixin
    OutputOption output = new OutputOption();

    Describe(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var asked = Kind.Asked.of(words);
        if (asked.names().isEmpty()) {
            throw Failure.usage("which " + asked.kind().word() + "? shiplog get " + words.getFirst() + " lists them");
        }
        for (int i = 0; i < asked.names().size(); i++) {
            if (i > 0) {
                session.console().out().println();
            }
            var name = asked.names().get(i);
            switch (asked.kind()) {
                case APP -> app(AppName.of(name, session));
                case CLUSTER -> cluster(name);
                case RELEASE -> release(ReleaseName.of(name, session));
                case ROLLOUT ->
                    throw Failure.usage("a rollout is described with its application: shiplog describe app " + name);
            }
        }
        return ExitCode.DONE;
    }

    private void app(AppName name) {
        var api = session.api();
        var app = api.get(ShiplogApi.path("apps", name.namespace(), name.name()));
        var history = api.get(ShiplogApi.path("apps", name.namespace(), name.name(), "history"));
        var events = api.get(ShiplogApi.path("apps", name.namespace(), name.name(), "events"));
        var all = ShiplogApi.JSON.createObjectNode();
        all.set("app", app);
        all.set("history", history.path("items"));
        all.set("events", events.path("items"));
        show(
                all,
                description()
                        .app(
                                ShiplogApi.read(app, AppView.class),
                                views(history, RevisionView.class),
                                views(events, EventView.class)));
    }

    private void cluster(String name) {
        var cluster = session.api().get(ShiplogApi.path("clusters", name));
        var rollouts = new Fetch(session, true).rollouts(List.of(), new Selection(List.of(name), List.of()));
        var all = ShiplogApi.JSON.createObjectNode();
        all.set("cluster", cluster);
        all.set("rollouts", Fetch.array(rollouts));
        show(
                all,
                description()
                        .cluster(
                                ShiplogApi.read(cluster, ClusterView.class),
                                rollouts.stream()
                                        .map(item -> ShiplogApi.read(item, RolloutView.class))
                                        .toList()));
    }

    private void release(ReleaseName name) {
        var release = new Fetch(session, false).release(name);
        show(release, description().release(release));
    }

    private Description description() {
        return new Description(session.console().paint(), session.clock());
    }

    private void show(JsonNode document, List<String> lines) {
        var form = output.output();
        if (form.isDocument()) {
            session.console().out().println(form.document(document));
        } else {
            lines.forEach(session.console().out()::println);
        }
    }

    private static <T> List<T> views(JsonNode page, Class<T> type) {
        return Fetch.items(page).stream()
                .map(item -> ShiplogApi.read(item, type))
                .toList();
    }
}
