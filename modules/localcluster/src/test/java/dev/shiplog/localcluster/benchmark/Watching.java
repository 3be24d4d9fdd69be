package dev.shiplog.localcluster.benchmark;

import dev.shiplog.localcluster.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** An open watch that counts what it is told. */
final class Watching implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final CompletableFuture<Void> stream;

    Watching(String url) {
        var request = HttpRequest.newBuilder(URI.create(url + "?watch=true")).build();
        this.stream = client.sendAsync(request, BodyHandlers.ofLines())
                .thenAcceptAsync(response -> response.body().forEach(this::count));
    }

    private void count(String line) {
        if (Json.text(Json.parse(line), "type").equals("ADDED")) {
            added.incrementAndGet();
        }
        events.incrementAndGet();
    }

    long added() {
        return added.get();
    }

    long events() {
        return events.get();
    }

    @Override
    public void close() {
        stream.cancel(true);
        client.shutdownNow();
    }
}
