package dev.shiplog.localcluster.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.kubectl.Kubectl;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Any cluster, by way of {@code kubectl proxy}, which knows every kind of credentials. Users are asked for by impersonation. Only
 * namespaces that are not there before are used, and they are deleted afterwards.
 */
final class RealWorld implements World {
    private static final List<Kind> WATCHED = List.of(
            Kinds.DEPLOYMENT, Kinds.REPLICA_SET, Kinds.STATEFUL_SET, Kinds.DAEMON_SET, Kinds.POD, Kinds.ENDPOINT_SLICE);
    private static final Duration UNTIL_GONE = Duration.ofMinutes(2);

    private final Process proxy;
    private final String url;
    private final HttpClientOf client;
    private final HttpClient streams =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> namespaces = new ArrayList<>();
    private final List<CompletableFuture<Void>> watches = new ArrayList<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    RealWorld(String kubeconfig) {
        try {
            this.proxy = new ProcessBuilder(Kubectl.program(), "--kubeconfig", kubeconfig, "proxy", "--port=0")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            this.url = "http://" + said.substring(said.lastIndexOf(' ') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.client = new HttpClientOf(url);
    }

    @Override
    public boolean isDriven() {
        return false;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public Map<String, String> credentials(String user) {
        return switch (user) {
            case "admin" -> Map.of();
            case "(none)" ->
                Map.of("Impersonate-User", "system:anonymous", "Impersonate-Group", "system:unauthenticated");
            default ->
                user.startsWith("system:serviceaccount:")
                        ? Map.of("Impersonate-User", user)
                        : Map.of("Authorization", "Bearer " + user.replaceAll("[^A-Za-z0-9:.-]", "-"));
        };
    }

    @Override
    public void namespace(String name) {
        HttpClientOf.Answer answer = client.get("/api/v1/namespaces/" + name);
        assumeTrue(answer.status() != 200, "the namespace " + name + " is there already, and is left alone");
        assertThat(answer.status())
                .as("whether the namespace %s is there: %s", name, answer.body())
                .isEqualTo(404);
        HttpClientOf.Answer created = client.send(
                "POST", "/api/v1/namespaces", "application/json", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        namespaces.add(name);
        for (Kind kind : WATCHED) {
            String group = kind.group().isEmpty() ? "/api/" : "/apis/";
            watch(url + group + kind.apiVersion() + "/namespaces/" + name + "/" + kind.plural() + "?watch=true");
        }
    }

    private void watch(String address) {
        watches.add(
                streams.sendAsync(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofLines())
                        .thenAcceptAsync(
                                response -> read(response.body()),
                                task -> Thread.ofVirtual().start(task)));
    }

    private void read(Stream<String> lines) {
        try (lines) {
            lines.map(Json::parse).forEach(event -> {
                JsonNode object = event.path("object");
                seen.add(new Seen(Json.text(event, "type"), Json.text(object, "kind"), object));
            });
        } catch (UncheckedIOException closed) {
            // The cluster was left while it was looked at.
        }
    }

    @Override
    public void pass(Duration time) {
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; ) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Override
    public List<Seen> seen(Set<String> kinds) {
        List<Seen> found = new ArrayList<>();
        for (Seen next = seen.poll(); next != null; next = seen.poll()) {
            if (kinds.contains(next.kind()) && !next.type().equals("ERROR")) {
                found.add(next);
            }
        }
        // Each kind comes by a watch of its own; what happened first has the lower version.
        found.sort(Comparator.comparingLong(RealWorld::version));
        return found;
    }

    private static long version(Seen seen) {
        String version = Json.text(seen.object(), "metadata", "resourceVersion");
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        watches.forEach(watch -> watch.cancel(true));
        namespaces.forEach(name -> client.send("DELETE", "/api/v1/namespaces/" + name, "", ""));
        long deadline = System.nanoTime() + UNTIL_GONE.toNanos();
        for (String name : namespaces) {
            while (System.nanoTime() < deadline
                    && client.get("/api/v1/namespaces/" + name).status() != 404) {
                pass(Duration.ofMillis(200));
            }
        }
        streams.shutdownNow();
        client.close();
        proxy.destroy();
    }
}
