package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import dev.shiplog.cli.api.ShiplogApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gets what is to be shown, as the API says it, and keeps of it what was asked for. It stays JSON, so that what a newer
 * server tells beyond our records is not lost on its way to {@code -o json}.
 */
final class Fetch {

    private final Session session;
    private final boolean allNamespaces;

    Fetch(Session session, boolean allNamespaces) {
        this.session = session;
        this.allNamespaces = allNamespaces;
    }

    /** Applications on the selected clusters, of each only what is there. */
    List<ObjectNode> apps(List<String> names, Selection selection) {
        var found = new ArrayList<ObjectNode>();
        var items = names.isEmpty()
                ? items(session.api().get("/v1/apps" + inNamespace()))
                : names.stream().map(name -> app(name)).toList();
        for (var item : items) {
            var app = (ObjectNode) item;
            if (selection.isAll()) {
                found.add(app);
                continue;
            }
            var clusters = ShiplogApi.JSON.createArrayNode();
            app.path("clusters")
                    .valueStream()
                    .filter(cluster -> selects(selection, cluster))
                    .forEach(clusters::add);
            if (!clusters.isEmpty()) {
                app.set("clusters", clusters);
                found.add(app);
            }
        }
        return found;
    }

    private JsonNode app(String name) {
        var app = AppName.of(name, session);
        return session.api().get(ShiplogApi.path("apps", app.namespace(), app.name()));
    }

    List<ObjectNode> rollouts(List<String> names, Selection selection) {
        return items(session.api().get("/v1/rollouts" + inNamespace())).stream()
                .filter(rollout -> isOf(rollout, names))
                .filter(rollout -> selects(selection, rollout.path("rollout")))
                .map(ObjectNode.class::cast)
                .toList();
    }

    List<ObjectNode> clusters(List<String> names, Selection selection) {
        var found = names.isEmpty()
                ? items(session.api().get("/v1/clusters"))
                : names.stream()
                        .map(name -> session.api().get(ShiplogApi.path("clusters", name)))
                        .toList();
        return found.stream()
                .filter(cluster -> selects(selection, cluster))
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** Releases of everything, or by name: {@code hello} all of its, {@code hello@3} that one. */
    List<ObjectNode> releases(List<String> names) {
        if (names.isEmpty()) {
            return items(session.api().get("/v1/releases" + inNamespace())).stream()
                    .map(ObjectNode.class::cast)
                    .toList();
        }
        var found = new ArrayList<ObjectNode>();
        for (var name : names) {
            var release = ReleaseName.of(name, session);
            if (release.revision() > 0) {
                found.add((ObjectNode) release(release).path("revision"));
            } else {
                items(history(release.app())).forEach(revision -> found.add((ObjectNode) revision));
            }
        }
        return found;
    }

    JsonNode history(AppName app) {
        return session.api().get(ShiplogApi.path("apps", app.namespace(), app.name(), "history"));
    }

    /** One revision with its whole content. */
    JsonNode release(ReleaseName name) {
        var app = name.app();
        int revision = name.revision();
        if (revision == 0) {
            revision = items(history(app)).stream()
                    .mapToInt(item -> item.path("revision").asInt(0))
                    .max()
                    .orElseThrow(() -> Failure.refused(app + " has no release yet"));
        }
        return session.api()
                .get(ShiplogApi.path("apps", app.namespace(), app.name(), "releases", String.valueOf(revision)));
    }

    static List<JsonNode> items(JsonNode page) {
        return page.path("items").valueStream().toList();
    }

    static ArrayNode array(List<? extends JsonNode> items) {
        var array = ShiplogApi.JSON.createArrayNode();
        items.forEach(array::add);
        return array;
    }

    private boolean isOf(JsonNode rollout, List<String> names) {
        var application = rollout.path("application").asString("");
        return names.isEmpty()
                || names.stream()
                        .anyMatch(name -> AppName.of(name, session).key().equals(application));
    }

    private static boolean selects(Selection selection, JsonNode cluster) {
        var labels = new java.util.HashMap<String, String>();
        cluster.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return selection.selects(cluster.path("name").asString(""), labels);
    }

    private String inNamespace() {
        return allNamespaces ? "" : "?namespace=" + URLEncoder.encode(session.namespace(), StandardCharsets.UTF_8);
    }
}
