package dev.shiplog.acceptance.strategies;

import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;

/** What people do on a cluster without Shiplog, and see there. */
public record ByHand(LocalCluster cluster) {

    /** A label of a Service's selector, as {@code kubectl patch} sets it. */
    void select(String service, String label, String value) throws IOException, InterruptedException {
        var body = "{\"spec\":{\"selector\":{\"" + label + "\":\"" + value + "\"}}}";
        patch("/api/v1/namespaces/default/services/" + service, body);
    }

    /** As {@code kubectl patch --type merge} does it. */
    void patch(String path, String body) throws IOException, InterruptedException {
        ask("PATCH", path + "?fieldManager=kubectl-patch", "application/merge-patch+json", body);
    }

    /** As {@code kubectl delete} does it. */
    void delete(String path) throws IOException, InterruptedException {
        ask("DELETE", path, "application/json", "{}");
    }

    /** As {@code kubectl create} does it: what the server fills in is theirs too. */
    void create(String collection, String object) throws IOException, InterruptedException {
        ask("POST", collection + "?fieldManager=kubectl-create", "application/json", object);
    }

    /** A route of all requests to the application's Service. */
    public void route(String name, String app) throws IOException, InterruptedException {
        var path = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/" + name + "?fieldManager=by-hand";
        var route = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: %s}
                spec: {parentRefs: [{name: outside}], rules: [{backendRefs: [{name: %s, port: 80}]}]}
                """.formatted(name, app);
        ask("PATCH", path, "application/apply-patch+yaml", route);
    }

    /** The backends of a route's first rule, e.g. {@code hello-stable 75, hello-canary 25}. */
    public String backends(String route) {
        return cluster.onLoop(() -> cluster.store().get(Kinds.HTTP_ROUTE.key("default", route)))
                .at("/spec/rules/0/backendRefs")
                .valueStream()
                .map(backend -> backend.path("name").asString() + " "
                        + backend.path("weight").asInt(1))
                .collect(Collectors.joining(", "));
    }

    private void ask(String method, String path, String type, String body) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(cluster.url() + path))
                            .header("Content-Type", type)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IOException(answer.statusCode() + ": " + answer.body());
            }
        }
    }
}
