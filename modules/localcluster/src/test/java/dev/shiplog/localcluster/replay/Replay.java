package dev.shiplog.localcluster.replay;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.replay.Recording.Exchange;
import dev.shiplog.localcluster.world.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out recorded requests on a local cluster, at their times, and gathers what differs. */
final class Replay implements AutoCloseable {
    private static final Set<String> SHORTENED = Set.of("16-list-watch", "18-nodes-access-version");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STREAM_SETTLES = Duration.ofSeconds(1);
    private static final Duration SERVER_WAITS = Duration.ofSeconds(4);

    private final World world;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Translation translation = new Translation();
    private final Map<String, List<String>> differences = new TreeMap<>();
    private boolean shortened;

    Replay(World world) {
        this.world = world;
    }

    void namespace(String name) {
        world.namespace(name);
        world.pass(Duration.ofSeconds(2));
    }

    void post(String path, String body) {
        Map<String, String> headers = new TreeMap<>(world.credentials("admin"));
        headers.put("Content-Type", "application/json");
        await(client.sendAsync(
                request("POST", URI.create(world.url() + path), body, headers), BodyHandlers.ofString()));
    }

    /** The service account that may only get Deployments. */
    void weakAccount(String namespace) {
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace;
        post(rbac + "/roles", """
                {"metadata":{"name":"deployment-reader"},
                 "rules":[{"verbs":["get"],"apiGroups":["apps"],"resources":["deployments"]}]}
                """);
        post(rbac + "/rolebindings", """
                {"metadata":{"name":"weak"},
                 "subjects":[{"kind":"ServiceAccount","name":"weak","namespace":"%s"}],
                 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"deployment-reader"}}
                """.formatted(namespace));
    }

    /** What differs, by the request's number and title. */
    Map<String, List<String>> play(Recording recording) {
        shortened = SHORTENED.contains(recording.name());
        long now = 0;
        List<Runnable> watches = new ArrayList<>();
        for (Exchange exchange : recording.exchanges()) {
            world.pass(Duration.ofMillis(Math.max(0, exchange.afterMillis() - now)));
            now = Math.max(now, exchange.afterMillis());
            ObjectNode expected = exchange.response();
            if (exchange.isWatch()
                    && expected != null
                    && "(stream)".equals(expected.path("body").asString(""))) {
                watches.add(watch(exchange));
            } else {
                answer(exchange);
            }
        }
        world.pass(world.isDriven() ? Duration.ofMinutes(2) : STREAM_SETTLES);
        watches.forEach(Runnable::run);
        return differences;
    }

    /** Opens the watch and reads it beside everything else; the result is looked at in the end. */
    private Runnable watch(Exchange exchange) {
        List<String> events = new CopyOnWriteArrayList<>();
        InputStream body = await(client.sendAsync(request(exchange), BodyHandlers.ofInputStream()))
                .body();
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                lines.lines()
                        .map(Json::parse)
                        .forEach(event -> events.add(
                                Json.text(event, "type") + " " + Json.text(event, "object", "metadata", "name")));
            } catch (IOException e) {
                events.add("BROKEN " + e.getMessage());
            } catch (UncheckedIOException e) {
                // The cluster was closed under a watch without end.
            }
        });
        return () -> {
            long deadline = System.nanoTime() + STREAM_SETTLES.toNanos();
            while (!plain(events).equals(plain(exchange.events())) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(5_000_000);
            }
            if (!plain(events).equals(plain(exchange.events()))) {
                differences.put(
                        exchange.title(),
                        List.of("events: recorded " + plain(exchange.events()) + ", here " + plain(events)));
            }
        };
    }

    /** Bookmarks come with the clock, and pods have names of their own. */
    private static String plain(List<String> events) {
        return events.stream()
                .map(event ->
                        event.replaceAll("-[0-9a-z]{8,10}-[0-9a-z]{5}$", "-*").strip())
                .filter(event -> !event.startsWith("BOOKMARK"))
                .collect(Collectors.joining(", "));
    }

    private void answer(Exchange exchange) {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request(exchange), BodyHandlers.ofString());
        ObjectNode expected = exchange.response();
        if (expected == null) {
            return;
        }
        if (world.isDriven() && expected.path("status").intValue() == 504) {
            advanceUntilAnswered(answer);
        }
        HttpResponse<String> response;
        try {
            response = await(answer);
        } catch (IllegalStateException e) {
            differences.put(exchange.title(), List.of("no answer: " + e.getCause()));
            return;
        }
        List<String> found = new ArrayList<>();
        int status = expected.path("status").intValue();
        if (response.statusCode() != status) {
            found.add("status code: recorded " + status + ", here " + response.statusCode() + " " + response.body());
        } else if (expected.path("body").isObject() && response.body().startsWith("{")) {
            JsonNode ours = Json.parse(response.body());
            found.addAll(Expectations.differences(expected.path("body"), ours, shortened));
            translation.learn(expected.path("body"), ours);
        }
        if (expected.path("headers").has("Warning")) {
            int warnings = expected.path("headers").path("Warning").size();
            if (response.headers().allValues("Warning").size() != warnings) {
                found.add("warnings: recorded " + warnings + ", here "
                        + response.headers().allValues("Warning"));
            }
        }
        if (!found.isEmpty()) {
            differences.put(exchange.title(), found);
        }
    }

    /** The server waits before it gives up; when its waiting has begun is not seen from here. */
    private void advanceUntilAnswered(CompletableFuture<?> answer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answer.isDone() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            world.pass(SERVER_WAITS);
        }
    }

    private HttpRequest request(Exchange exchange) {
        ObjectNode request = exchange.request();
        StringBuilder uri = new StringBuilder(world.url()).append(Json.text(request, "path"));
        String separator = "?";
        for (var parameter : request.path("query").properties()) {
            uri.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(
                            translation.query(
                                    parameter.getKey(), parameter.getValue().asString()),
                            StandardCharsets.UTF_8));
            separator = "&";
        }
        Map<String, String> headers = new TreeMap<>();
        headers.put("User-Agent", "recorder/1.0");
        headers.put("Accept", request.path("accept").asString("application/json"));
        if (request.has("contentType")) {
            headers.put("Content-Type", Json.text(request, "contentType"));
        }
        headers.putAll(world.credentials(request.path("user").asString("admin")));
        return request(
                Json.text(request, "method"),
                URI.create(uri.toString()),
                translation.body(Recording.body(request)),
                headers);
    }

    private static HttpRequest request(String method, URI uri, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return request.build();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
