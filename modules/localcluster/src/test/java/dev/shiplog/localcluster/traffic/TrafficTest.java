package dev.shiplog.localcluster.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final TestCluster cluster = new TestCluster();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void aCanaryBesideTheStable() {
        cluster.deploy("hello", 3, "hello:1.0.0", spec -> labelled(spec, "hello"));
        cluster.deploy("hello-canary", 1, "hello:2.0.0", spec -> labelled(spec, "hello-canary"));
        cluster.service("hello", "{\"part\":\"hello\"}");
        cluster.seconds(3);
    }

    private static tools.jackson.databind.node.ObjectNode labelled(
            tools.jackson.databind.node.ObjectNode spec, String app) {
        return Json.with(
                spec, Json.parse("{\"app\":\"" + app + "\",\"part\":\"hello\"}"), "template", "metadata", "labels");
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void oneInFourRequestsIsAnsweredByTheCanary() {
        Map<String, Integer> served = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            served.merge(get("/default/hello/version", "10.0.0.1").body(), 1, Integer::sum);
        }
        assertThat(served).containsOnlyKeys("{\"version\":\"1.0.0\"}", "{\"version\":\"2.0.0\"}");
        assertThat(served.get("{\"version\":\"2.0.0\"}")).isBetween(60, 140);
    }

    @Test
    void aClientWithAffinityStaysUntilItHasBeenAwayForTheTimeout() {
        cluster.change(Kinds.SERVICE, "hello", service -> {
            var sticky = Json.with(service, Json.text("ClientIP"), "spec", "sessionAffinity");
            return Json.with(sticky, Json.number(60), "spec", "sessionAffinityConfig", "clientIP", "timeoutSeconds");
        });
        String pod = podFor("10.0.0.1");
        for (int i = 0; i < 20; i++) {
            cluster.seconds(50);
            assertThat(podFor("10.0.0.1")).isEqualTo(pod);
        }
        assertThat(java.util.stream.IntStream.range(0, 40).mapToObj(i -> podFor("10.0.1." + i)))
                .as("other clients are sent to other pods")
                .anyMatch(other -> !other.equals(pod));
        boolean moved = false;
        for (int i = 0; i < 40 && !moved; i++) {
            cluster.seconds(61);
            moved = !podFor("10.0.0.1").equals(pod);
        }
        assertThat(moved).isTrue();
    }

    @Test
    void anImageFailsAsOftenAsATestSays() {
        cluster.cluster().traffic().quality("hello:2.0.0", new Quality(1, Duration.ZERO));
        int failed = 0;
        for (int i = 0; i < 200; i++) {
            failed += get("/default/hello/", "10.0.0.1").statusCode() == 500 ? 1 : 0;
        }
        assertThat(failed).isBetween(25, 75);
        put("/-/quality?image=hello:2.0.0", "{\"errorRate\":0}");
        for (int i = 0; i < 50; i++) {
            assertThat(get("/default/hello/", "10.0.0.1").body()).isEqualTo("{\"message\":\"Hello\"}");
        }
    }

    @Test
    void withoutAReadyEndpointTheServiceIsUnavailable() {
        cluster.change(
                Kinds.SERVICE,
                "hello",
                service -> Json.with(service, Json.parse("{\"part\":\"nothing\"}"), "spec", "selector"));
        assertThat(get("/default/hello/", "10.0.0.1").statusCode()).isEqualTo(503);
        assertThat(get("/default/unknown/", "10.0.0.1").statusCode()).isEqualTo(404);
    }

    private String podFor(String address) {
        return get("/default/hello/version", address)
                .headers()
                .firstValue("X-Pod")
                .orElse("");
    }

    private HttpResponse<String> get(String path, String address) {
        return send(request(path).header("X-Forwarded-For", address).build());
    }

    private void put(String path, String body) {
        assertThat(send(request(path).PUT(BodyPublishers.ofString(body)).build())
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(cluster.cluster().trafficUrl() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
