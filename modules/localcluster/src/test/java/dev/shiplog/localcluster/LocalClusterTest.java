package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf.Answer;
import dev.shiplog.localcluster.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalClusterTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String APPLY = "application/apply-patch+yaml";

    private final LocalCluster cluster = LocalCluster.named("test").start();
    private final HttpClientOf client = new HttpClientOf(cluster);

    @AfterEach
    void close() {
        client.close();
        cluster.close();
    }

    @Test
    void appliesADeploymentWrittenInYaml() {
        Answer answer = client.send("PATCH", DEPLOYMENTS + "/hello?fieldManager=me", APPLY, """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: hello}
                spec:
                  selector: {matchLabels: {app: hello}}
                  template:
                    metadata: {labels: {app: hello}}
                    spec:
                      containers:
                      - name: hello
                        image: kelseyhightower/hello:1.0.0
                        resources: {limits: {cpu: 0.2}}
                """);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(Json.number(answer.body(), 0, "spec", "replicas")).isEqualTo(1);
        assertThat(answer.body()
                        .at("/spec/template/spec/containers/0/resources/limits/cpu")
                        .asString())
                .isEqualTo("200m");
    }

    @Test
    void readsYamlInFlowStyleToo() {
        String flow = "{apiVersion: v1, kind: ConfigMap, metadata: {name: flow}, data: {a: \"1\"}}";
        String maps = "/api/v1/namespaces/default/configmaps";
        assertThat(client.send("PATCH", maps + "/flow?fieldManager=me", APPLY, flow)
                        .status())
                .isEqualTo(201);
        assertThat(client.send("POST", maps, "application/yaml", flow.replace("flow", "another"))
                        .status())
                .isEqualTo(201);
        assertThat(client.send("PATCH", maps + "/flow?fieldManager=me", APPLY, "{apiVersion: v1,")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anAdministratorMayAskInTheNameOfAnother() {
        HttpClientOf.Answer answer =
                client.as("system:serviceaccount:default:weak").get(DEPLOYMENTS);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().toString()).contains("system:serviceaccount:default:weak");
        assertThat(client.get(DEPLOYMENTS).status()).isEqualTo(200);
    }

    @Test
    void answersMalformedBodiesAndGoesOn() {
        assertThat(client.send("POST", DEPLOYMENTS, "application/json", "{\"kind\":")
                        .status())
                .isEqualTo(400);
        assertThat(client.send("PATCH", DEPLOYMENTS + "/x", "application/json-patch+json", "[[[")
                        .status())
                .isEqualTo(404);
        assertThat(client.get("/readyz").status()).isEqualTo(200);
    }
}
