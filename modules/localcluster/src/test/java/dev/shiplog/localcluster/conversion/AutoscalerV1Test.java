package dev.shiplog.localcluster.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AutoscalerV1Test {
    private static final String V1 = "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private static final String V2 = V1.replace("v1", "v2");
    private static final String TARGET =
            "\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"d\"}";
    private static final String CPU =
            "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":%d}}}";
    private static final String MEMORY = CPU.formatted(60).replace("cpu", "memory");

    private final LocalCluster cluster = LocalCluster.named("scaled").start();
    private final HttpClientOf client = new HttpClientOf(cluster);

    @BeforeEach
    void create() {
        JsonNode created = send("POST", V1, "application/json", """
                {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},
                 "spec":{%s,"maxReplicas":5,"targetCPUUtilizationPercentage":70}}
                """.formatted(TARGET), 201);
        assertThat(Json.text(created, "apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(created.at("/spec/targetCPUUtilizationPercentage").intValue())
                .isEqualTo(70);
        assertThat(created.at("/spec/minReplicas").intValue()).isEqualTo(1);
    }

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void isTheSameObjectInBothVersions() {
        JsonNode v2 = client.get(V2 + "/h").body();
        assertThat(Json.text(v2, "apiVersion")).isEqualTo("autoscaling/v2");
        assertThat(v2.at("/spec/metrics")).isEqualTo(Json.parse("[" + CPU.formatted(70) + "]"));
        JsonNode list = client.get(V1).body();
        assertThat(Json.text(list, "apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(list.at("/items/0/spec/targetCPUUtilizationPercentage").intValue())
                .isEqualTo(70);
    }

    @Test
    void takesEveryKindOfPatch() {
        String spec = "{\"spec\":{\"targetCPUUtilizationPercentage\":%d}}";
        send("PATCH", V1 + "/h", "application/merge-patch+json", spec.formatted(71), 200);
        assertThat(utilization()).isEqualTo(71);
        send("PATCH", V1 + "/h", "application/strategic-merge-patch+json", spec.formatted(72), 200);
        assertThat(utilization()).isEqualTo(72);
        String path = "[{\"op\":\"replace\",\"path\":\"/spec/targetCPUUtilizationPercentage\",\"value\":73}]";
        send("PATCH", V1 + "/h", "application/json-patch+json", path, 200);
        assertThat(utilization()).isEqualTo(73);
        String applied = """
                {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},
                 "spec":{%s,"maxReplicas":5,"targetCPUUtilizationPercentage":74}}
                """.formatted(TARGET);
        send("PATCH", V1 + "/h?fieldManager=me&force=true", "application/apply-patch+yaml", applied, 200);
        assertThat(utilization()).isEqualTo(74);
    }

    @Test
    void keepsWhatOnlyTheOtherVersionHas() {
        String behaviour = "{\"scaleDown\":{\"stabilizationWindowSeconds\":10}}";
        send(
                "PATCH",
                V2 + "/h",
                "application/merge-patch+json",
                "{\"spec\":{\"metrics\":[" + CPU.formatted(70) + "," + MEMORY + "],\"behavior\":" + behaviour + "}}",
                200);
        ObjectNode v1 = (ObjectNode) client.get(V1 + "/h").body();
        assertThat(v1.path("spec").has("metrics")).isFalse();
        assertThat(Json.parse(annotation(v1, "metrics"))).isEqualTo(Json.parse("[" + MEMORY + "]"));
        assertThat(annotation(v1, "behavior")).contains("stabilizationWindowSeconds");

        send(
                "PUT",
                V1 + "/h",
                "application/json",
                Json.with(v1, Json.number(9), "spec", "maxReplicas").toString(),
                200);
        JsonNode v2 = client.get(V2 + "/h").body();
        assertThat(v2.at("/spec/maxReplicas").intValue()).isEqualTo(9);
        assertThat(v2.at("/spec/metrics").valueStream().map(it -> Json.text(it, "resource", "name")))
                .containsExactlyInAnyOrder("cpu", "memory");
        assertThat(v2.at("/spec/behavior/scaleDown/stabilizationWindowSeconds").intValue())
                .isEqualTo(10);
        assertThat(v2.path("metadata").has("annotations")).isFalse();
    }

    @Test
    void refusesWhatOnlyTheOtherVersionHas() {
        JsonNode refusal = send(
                "PATCH",
                V1 + "/h?fieldValidation=Strict",
                "application/merge-patch+json",
                "{\"spec\":{\"metrics\":[]}}",
                422);
        assertThat(Json.text(refusal, "message")).contains("unknown field \"spec.metrics\"");
    }

    @Test
    void isFoundByDiscovery() {
        JsonNode group = client.get("/apis/autoscaling").body();
        assertThat(group.path("versions").valueStream().map(it -> Json.text(it, "version")))
                .containsExactly("v2", "v1");
        assertThat(Json.text(group, "preferredVersion", "version")).isEqualTo("v2");
        assertThat(Json.text(client.get("/apis/autoscaling/v1").body(), "groupVersion"))
                .isEqualTo("autoscaling/v1");
        assertThat(client.get("/apis/autoscaling/v3").status()).isEqualTo(404);
    }

    private int utilization() {
        return client.get(V2 + "/h")
                .body()
                .at("/spec/metrics/0/resource/target/averageUtilization")
                .intValue();
    }

    private static String annotation(JsonNode object, String name) {
        return Json.text(object, "metadata", "annotations", "autoscaling.alpha.kubernetes.io/" + name);
    }

    private JsonNode send(String method, String path, String contentType, String body, int status) {
        HttpClientOf.Answer answer = client.send(method, path, contentType, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.body();
    }
}
