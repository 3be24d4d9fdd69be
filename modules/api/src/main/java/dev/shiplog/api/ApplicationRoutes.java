package dev.shiplog.api;

import dev.shiplog.api.http.Exchange;
import dev.shiplog.api.http.Items;
import dev.shiplog.api.http.Parameters;
import dev.shiplog.api.http.Problems;
import dev.shiplog.api.http.Selectors;
import dev.shiplog.api.http.Streams;
import dev.shiplog.api.http.Wire;
import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.views.Filter;
import dev.shiplog.views.ReadModel;
import dev.shiplog.views.live.Changes;
import java.io.IOException;

/** What is asked about applications, their releases and their rollouts. */
final class ApplicationRoutes {

    private final ReadModel readModel;
    private final Changes changes;
    private final Streams streams;

    ApplicationRoutes(Sources sources, Streams streams) {
        this.readModel = sources.readModel();
        this.changes = sources.changes();
        this.streams = streams;
    }

    void list(Exchange exchange) throws IOException, InterruptedException {
        var labels = exchange.query("labelSelector")
                .map(text -> Selectors.parse("labelSelector", text))
                .orElse(LabelSelector.ALL);
        var filter = new Filter(exchange.query("namespace"), exchange.query("cluster"), labels);
        Items.send(exchange, (after, limit) -> readModel.applications(filter, after, limit));
    }

    void get(Exchange exchange) {
        var name = Parameters.application(exchange);
        exchange.json(readModel.application(name).orElseThrow(() -> absent(name)));
    }

    /** The application as it is, then each time it looks different, until it is deleted. */
    void watch(Exchange exchange) throws IOException, InterruptedException {
        var name = Parameters.application(exchange);
        var subscription = changes.of(name);
        try {
            if (readModel.application(name).isEmpty()) {
                throw absent(name);
            }
            streams.run(exchange, subscription, new Watching(name));
        } finally {
            subscription.close();
        }
    }

    void history(Exchange exchange) throws IOException, InterruptedException {
        var name = known(exchange);
        Items.send(exchange, (after, limit) -> readModel.history(name, after, limit));
    }

    void release(Exchange exchange) {
        var name = known(exchange);
        int revision = Parameters.number("revision", exchange.path("revision"), 1, Integer.MAX_VALUE);
        var described = readModel
                .release(name, revision)
                .orElseThrow(() -> Problems.refused(
                        404,
                        "unknown-revision",
                        "unable to find specified revision " + revision + " in history of \"" + name
                                + "\"; shiplog rollout history " + name.name() + " -n " + name.namespace()
                                + " shows what there is"));
        exchange.text(
                200,
                "application/json",
                "{\"revision\":" + Wire.json(described.revision()) + ",\"spec\":" + described.specJson() + "}");
    }

    /** Also of one that was deleted, and of one that was only ever refused. */
    void events(Exchange exchange) throws IOException, InterruptedException {
        var name = Parameters.application(exchange);
        if (readModel.events(name, "", 1).items().isEmpty()) {
            throw unknown(name);
        }
        Items.send(exchange, (after, limit) -> readModel.events(name, after, limit));
    }

    void releases(Exchange exchange) throws IOException, InterruptedException {
        var namespace = exchange.query("namespace");
        Items.send(exchange, (after, limit) -> readModel.releases(namespace, after, limit));
    }

    void rollouts(Exchange exchange) throws IOException, InterruptedException {
        var namespace = exchange.query("namespace");
        var cluster = exchange.query("cluster");
        Items.send(exchange, (after, limit) -> readModel.rollouts(namespace, cluster, after, limit));
    }

    /** The name of an application that has a history, even if it is deleted. */
    private ApplicationName known(Exchange exchange) {
        var name = Parameters.application(exchange);
        if (readModel.history(name, "", 1).items().isEmpty()) {
            throw unknown(name);
        }
        return name;
    }

    private Problems.Refused absent(ApplicationName name) {
        return readModel
                .deletion(name)
                .map(deletion -> Problems.deletedApplication(name, deletion))
                .orElseGet(() -> unknown(name));
    }

    private static Problems.Refused unknown(ApplicationName name) {
        return Problems.unknownApplication(name.toString());
    }

    private final class Watching implements Streams.Show {

        private final ApplicationName name;
        private String shown = "";

        private Watching(ApplicationName name) {
            this.name = name;
        }

        @Override
        public boolean show(Streams.Sink sink) throws IOException, InterruptedException {
            var application = readModel.application(name);
            if (application.isEmpty()) {
                sink.send(Streams.event("deleted", "", "{}"));
                return false;
            }
            var json = Wire.json(application.get());
            if (!json.equals(shown)) {
                sink.send(Streams.event("app", "", json));
                shown = json;
            }
            return true;
        }
    }
}
