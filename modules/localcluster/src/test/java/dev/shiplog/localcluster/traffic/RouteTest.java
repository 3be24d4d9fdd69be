package dev.shiplog.localcluster.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RouteTest {
    private static final String ROUTES = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    private static final String APPLY = "application/apply-patch+yaml";

    private final TestCluster cluster =
            new TestCluster(LocalCluster.named("routed").gatewayApi());
    private final HttpClientOf client = new HttpClientOf(cluster.cluster());

    @BeforeEach
    void twoVersions() {
        cluster.deploy("stable", 3, "hello:1.0.0");
        cluster.deploy("canary", 1, "hello:2.0.0");
        cluster.service("stable", "{\"app\":\"stable\"}");
        cluster.service("canary", "{\"app\":\"canary\"}");
        cluster.seconds(3);
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void splitsRequestsExactlyByWeightWhateverTheReplicas() {
        assertThat(apply("me", 95, 5).status()).isEqualTo(201);
        ask(200);
        assertThat(answered()).isEqualTo(Map.of("1.0.0", new Answered(190, 0), "2.0.0", new Answered(10, 0)));

        assertThat(apply("me", 1, 0).status()).isEqualTo(200);
        cluster.cluster().traffic().forgetAnswered();
        ask(50);
        assertThat(answered()).isEqualTo(Map.of("1.0.0", new Answered(50, 0)));
    }

    @Test
    void countsWhatFailedByVersion() {
        cluster.cluster().traffic().quality("hello:2.0.0", new Quality(1, Duration.ZERO));
        apply("me", 1, 1);
        ask(20);
        assertThat(answered()).isEqualTo(Map.of("1.0.0", new Answered(10, 0), "2.0.0", new Answered(10, 10)));
        assertThat(TrafficClient.get(cluster.cluster(), "/-/answered").body())
                .isEqualTo("{\"default/hello\":{\"1.0.0\":{\"requests\":10,\"errors\":0},"
                        + "\"2.0.0\":{\"requests\":10,\"errors\":10}}}");
    }

    @Test
    void aRouteWithoutWeightsOrWithoutPodsFails() {
        apply("me", 0, 0);
        assertThat(TrafficClient.get(cluster.cluster(), "/default/hello/").statusCode())
                .isEqualTo(500);
        apply("me", 0, 1);
        cluster.change(Kinds.DEPLOYMENT, "canary", it -> Json.with(it, Json.number(0), "spec", "replicas"));
        cluster.seconds(3);
        assertThat(TrafficClient.get(cluster.cluster(), "/default/hello/").statusCode())
                .isEqualTo(503);
        assertThat(answered()).isEqualTo(Map.of("", new Answered(2, 2)));
    }

    @Test
    void isAppliedWithOwnersAndAcceptedByTheGateway() {
        apply("me", 9, 1);
        assertThat(apply("other", 5, 5).status()).isEqualTo(409);
        ObjectNode route = cluster.get(Kinds.HTTP_ROUTE, "hello");
        assertThat(route.at("/status/parents/0/conditions").toString())
                .contains("\"type\":\"Accepted\",\"status\":\"True\"")
                .contains("\"type\":\"ResolvedRefs\",\"status\":\"True\"");
        cluster.delete(Kinds.SERVICE, "canary");
        assertThat(cluster.get(Kinds.HTTP_ROUTE, "hello").at("/status/parents").toString())
                .contains("BackendNotFound");
        assertThat(client.get(ROUTES).body().path("items")).hasSize(1);
        assertThat(client.send("DELETE", ROUTES + "/hello", "", "").status()).isEqualTo(200);
    }

    @Test
    void isServedOnlyWhereAskedFor() {
        assertThat(client.get("/apis").body().toString()).contains("gateway.networking.k8s.io");
        try (LocalCluster without = LocalCluster.named("without").start();
                HttpClientOf other = new HttpClientOf(without)) {
            assertThat(other.get("/apis").body().toString()).doesNotContain("gateway.networking.k8s.io");
            assertThat(other.get(ROUTES).status()).isEqualTo(404);
        }
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            TrafficClient.get(cluster.cluster(), "/default/hello/version");
        }
    }

    private Map<String, Answered> answered() {
        return cluster.cluster().traffic().answered("default", "hello");
    }

    private HttpClientOf.Answer apply(String manager, int stable, int canary) {
        return client.send("PATCH", ROUTES + "/hello?fieldManager=" + manager, APPLY, """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: hello}
                spec:
                  parentRefs: [{name: public}]
                  rules:
                  - backendRefs:
                    - {name: stable, port: 80, weight: %d}
                    - {name: canary, port: 80, weight: %d}
                """.formatted(stable, canary));
    }
}
