package dev.shiplog.localcluster.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final TestCluster cluster = new TestCluster();

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
    void nobodyAnswersOnANodeThatIsGone() {
        cluster.cluster().faults().nodesGone();
        cluster.seconds(1);
        assertThatThrownBy(() -> get("/default/hello/", "10.0.0.1")).isInstanceOf(UncheckedIOException.class);
        cluster.seconds(60);
        assertThat(get("/default/hello/", "10.0.0.1").statusCode())
                .as("nobody is ready any more")
                .isEqualTo(503);
        cluster.cluster().faults().nodesBack();
        cluster.seconds(1);
        assertThat(get("/default/hello/", "10.0.0.1").statusCode()).isEqualTo(200);
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
    void anImageTakesAsLongAsATestSays() {
        cluster.cluster().traffic().quality("hello:1.0.0", new Quality(0, Duration.ofMillis(250)));
        cluster.cluster().traffic().quality("hello:2.0.0", new Quality(0, Duration.ofMillis(250)));
        var answer = TrafficClient.sendAsync(TrafficClient.request(cluster.cluster(), "/default/hello/version")
                .build());
        assertThat(TrafficClient.get(cluster.cluster(), "/-/answered").body())
                .as("nobody has been answered yet")
                .isEqualTo("{}");
        assertThat(answer).isNotDone();
        long began = System.nanoTime();
        while (!answer.isDone()) {
            assertThat(System.nanoTime() - began)
                    .isLessThan(Duration.ofSeconds(10).toNanos());
            cluster.seconds(0.25);
        }
        assertThat(answer.join().statusCode()).isEqualTo(200);
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
        return TrafficClient.get(cluster.cluster(), path, address);
    }

    private void put(String path, String body) {
        assertThat(TrafficClient.send(TrafficClient.request(cluster.cluster(), path)
                                .PUT(BodyPublishers.ofString(body))
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }
}
