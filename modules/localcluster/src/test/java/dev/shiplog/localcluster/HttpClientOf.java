package dev.shiplog.localcluster;

import dev.shiplog.localcluster.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A plain client of one cluster. */
public final class HttpClientOf implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Map<String, String> credentials;

    public HttpClientOf(LocalCluster cluster) {
        this(cluster, "anybody");
    }

    public HttpClientOf(LocalCluster cluster, String token) {
        this(cluster.url(), Map.of("Authorization", "Bearer " + token));
    }

    /** Without a token, of what answers there. */
    public HttpClientOf(String url) {
        this(url, Map.of());
    }

    /** Of what answers there to those who bring these headers. */
    public HttpClientOf(String url, Map<String, String> credentials) {
        this.url = url;
        this.credentials = credentials;
    }

    /** The same, in the name of another. */
    public HttpClientOf as(String otherUser) {
        Map<String, String> both = new HashMap<>(credentials);
        both.put("Impersonate-User", otherUser);
        return new HttpClientOf(url, both);
    }

    /** What came back; the body is a missing node if it was no JSON. */
    public record Answer(int status, JsonNode body) {}

    public Answer get(String path) {
        return send("GET", path, "", "");
    }

    public Answer send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        credentials.forEach(request::header);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            return new Answer(
                    response.statusCode(),
                    json ? Json.parse(response.body()) : Json.object().path("missing"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
