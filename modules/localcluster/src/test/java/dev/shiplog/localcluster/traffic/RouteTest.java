package dev.shiplog.localcluster.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void requestsFallUnderTheRuleThatSaysMostOfThem() {
        assertThat(put("""
                - matches: [{path: {type: PathPrefix, value: /}}]
                  backendRefs: [{name: stable, port: 80}]
                - matches: [{path: {type: PathPrefix, value: /new}}, {headers: [{name: X-Canary, value: "yes"}]}]
                  backendRefs: [{name: canary, port: 80}]
                - matches: [{path: {type: Exact, value: /new/old}}]
                  backendRefs: [{name: stable, port: 80}]
                - matches: [{path: {type: PathPrefix, value: /gone}, method: GET}]
                """).status()).isEqualTo(201);
        assertThat(podOf("/default/hello/")).startsWith("stable-");
        assertThat(podOf("/default/hello/newest")).startsWith("stable-");
        assertThat(podOf("/default/hello/new")).startsWith("canary-");
        assertThat(podOf("/default/hello/new/version")).startsWith("canary-");
        assertThat(podOf("/default/hello/new/old")).startsWith("stable-");
        assertThat(podOf("/default/hello/", "X-Canary", "yes")).startsWith("canary-");
        assertThat(podOf("/default/hello/", "X-Canary", "no")).startsWith("stable-");
        assertThat(TrafficClient.get(cluster.cluster(), "/default/hello/gone").statusCode())
                .isEqualTo(500);
    }

    @Test
    void aRequestUnderNoRuleIsNotFound() {
        put("""
                - matches: [{path: {type: Exact, value: /version}, queryParams: [{name: v, value: "2"}]}]
                  backendRefs: [{name: canary, port: 80}]
                """);
        assertThat(podOf("/default/hello/version?v=2")).startsWith("canary-");
        assertThat(TrafficClient.get(cluster.cluster(), "/default/hello/version")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    - backendRefs: [{name: a, port: 80, weight: -1}]          | spec.rules[0].backendRefs[0].weight
                    - backendRefs: [{name: a, port: 80, weight: 1000001}]     | spec.rules[0].backendRefs[0].weight
                    - backendRefs: [{name: a, port: 0}]                       | spec.rules[0].backendRefs[0].port
                    - backendRefs: [{name: a}]                                | spec.rules[0].backendRefs[0]
                    - backendRefs: [{port: 80}]                               | spec.rules[0].backendRefs[0].name
                    - matches: [{path: {type: Prefix, value: /}}]             | spec.rules[0].matches[0].path.type
                    - matches: [{path: {type: Exact, value: a}}]              | spec.rules[0].matches[0].path
                    - matches: [{method: FETCH}]                              | spec.rules[0].matches[0].method
                    - matches: [{headers: [{name: a}]}]                       | spec.rules[0].matches[0].headers[0].value
                    """)
    void refusesWhatItsDefinitionDoesNotAllow(String rules, String field) {
        HttpClientOf.Answer answer = put(rules + "\n");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/details/causes/0/field").asString()).isEqualTo(field);
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

    private String podOf(String path, String... headers) {
        HttpRequest.Builder request = TrafficClient.request(cluster.cluster(), path);
        HttpRequest built = (headers.length == 0 ? request : request.headers(headers)).build();
        return TrafficClient.send(built).headers().firstValue("X-Pod").orElse("");
    }

    private HttpClientOf.Answer put(String rules) {
        return client.send("PATCH", ROUTES + "/hello?fieldManager=me", APPLY, """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: hello}
                spec:
                  rules:
                """ + rules.indent(2));
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
