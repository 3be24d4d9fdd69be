package dev.shiplog.localcluster.traffic;

import dev.shiplog.localcluster.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Somebody who uses what runs in a cluster. */
final class TrafficClient {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TrafficClient() {}

    static HttpResponse<String> get(LocalCluster cluster, String path) {
        return send(request(cluster, path).build());
    }

    static HttpResponse<String> get(LocalCluster cluster, String path, String address) {
        return send(request(cluster, path).header("X-Forwarded-For", address).build());
    }

    static HttpRequest.Builder request(LocalCluster cluster, String path) {
        return HttpRequest.newBuilder(URI.create(cluster.trafficUrl() + path)).timeout(Duration.ofSeconds(10));
    }

    static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
