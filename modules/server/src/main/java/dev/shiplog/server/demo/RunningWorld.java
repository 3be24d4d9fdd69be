package dev.shiplog.server.demo;

import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.RevisionView;
import dev.shiplog.server.local.LocalInstallation;
import java.net.URI;
import java.util.List;

/** What a local installation shows: its API, and its clusters' own objects. */
final class RunningWorld implements Walkthrough.World, AutoCloseable {

    private static final String NAMESPACE = "default";

    private final LocalInstallation installation;
    private final ShiplogApi api;
    private final Requests requests = new Requests();

    RunningWorld(LocalInstallation installation) {
        this.installation = installation;
        this.api = new ShiplogApi(URI.create(installation.endpoints().api()), System.err::println);
    }

    @Override
    public AppView app(String name) {
        return api.get(ShiplogApi.path("apps", NAMESPACE, name), AppView.class);
    }

    @Override
    public List<RevisionView> history(String name) {
        return api.get(ShiplogApi.path("apps", NAMESPACE, name, "history")).get("items").values().stream()
                .map(item -> ShiplogApi.read(item, RevisionView.class))
                .toList();
    }

    @Override
    public List<String> objects(String cluster, String plural) {
        Kind kind = Kinds.byPlural("", plural)
                .or(() -> Kinds.byPlural("apps", plural))
                .orElseThrow();
        var local = installation.clusters().cluster(cluster).orElseThrow();
        return local.onLoop(() -> local.store().list(kind, NAMESPACE).stream()
                .map(object -> object.path("metadata").path("name").asString())
                .toList());
    }

    @Override
    public Requests.Answers answers(String cluster, String service, int clients, int times) throws Exception {
        var local = installation.clusters().cluster(cluster).orElseThrow();
        return requests.ask(local.trafficUrl() + "/" + NAMESPACE + "/" + service, clients, times);
    }

    @Override
    public void close() {
        requests.close();
        api.close();
    }
}
