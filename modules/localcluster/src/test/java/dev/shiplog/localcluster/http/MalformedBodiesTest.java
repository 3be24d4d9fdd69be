package dev.shiplog.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.HttpClientOf.Answer;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that say something else than their request, or nothing that can be read. */
class MalformedBodiesTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String HELLO = "/apis/apps/v1/namespaces/default/deployments/hello";
    private static final String YAML = "application/yaml";
    private static final String APPLY = "application/apply-patch+yaml";

    private static final LocalCluster CLUSTER = LocalCluster.named("bodies").start();
    private static final HttpClientOf CLIENT = new HttpClientOf(CLUSTER);

    @BeforeAll
    static void deploy() {
        send("POST", "/apis/apps/v1/namespaces/default/deployments", "application/json", """
                {"metadata":{"name":"hello"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"hello"}},
                 "template":{"metadata":{"labels":{"app":"hello"}},
                  "spec":{"containers":[{"name":"hello","image":"hello:1.0.0"}]}}}}
                """);
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        CLUSTER.close();
    }

    @ParameterizedTest
    @CsvSource({"POST, '', " + YAML, "PATCH, /a?fieldManager=me, " + APPLY})
    void yamlThatContainsItselfIsRefused(String method, String path, String type) {
        assertRefused(send(method, MAPS + path, type, "data: &a\n  b: *a\n"), "error decoding YAML: ");
    }

    @Test
    void plainYesIsNoText() {
        Answer answer = send("POST", MAPS, YAML, "metadata: {name: yes-or-no}\ndata: {a: yes}\n");

        assertRefused(answer, "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PUT   | `` | application/json | {"spec":{"replicas":2}}
            PUT   | /scale | application/json | {}
            PUT   | /scale | application/json | {"spec":{"replicas":2}}
            PUT   | /status | application/json | {}
            PATCH | `` | application/merge-patch+json | {"metadata":{"name":null}}
            PATCH | `` | application/merge-patch+json | {"metadata":null}
            PATCH | /scale | application/merge-patch+json | {"metadata":{"name":null}}
            """)
    void whatIsWrittenMustBearItsName(String method, String subresource, String type, String body) {
        assertRefused(
                send(method, HELLO + subresource, type, body),
                "the name of the object (hello based on URL) was undeterminable: name must be provided");
        assertThat(CLIENT.get(HELLO).body().at("/spec/replicas").asInt()).isEqualTo(1);
    }

    @Test
    void aScaleOfAnotherNameIsRefused() {
        assertRefused(
                send("PUT", HELLO + "/scale", "application/json", "{\"metadata\":{\"name\":\"other\"}}"),
                "the name of the object (other) does not match the name on the URL (hello)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind":"x"}                                   | no kind "x" is registered for version "apps/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"
            {"apiVersion":"apps/v9"}                       | no kind "Deployment" is registered for version "apps/v9" in scheme "pkg/api/legacyscheme/scheme.go:30"
            {"kind":"ReplicaSet"}                          | converting (v1.ReplicaSet) to (apps.Deployment): unknown conversion
            {"metadata":{"creationTimestamp":"yesterday"}} | parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"
            {"spec":{"replicas":1e2}}                      | json: cannot unmarshal number 100.0 into Go struct field DeploymentSpec.spec.replicas of type int32
            """)
    void aPatchThatMakesNoDeploymentOfItIsInvalid(String patch, String why) {
        Answer answer = send("PATCH", HELLO, "application/merge-patch+json", patch);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(Json.text(answer.body().at("/details/causes/0"), "field")).isEqualTo("patch");
        assertThat(Json.text(answer.body().at("/details/causes/0"), "message")).endsWith(": " + why);
    }

    @Test
    void aPatchMayLeaveOutTheKind() {
        assertThat(send("PATCH", HELLO, "application/merge-patch+json", "{\"kind\":null,\"apiVersion\":null}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"finalizers":["bad finalizer"]}                        | metadata.finalizers
            {"finalizers":["example.com/Ü"]}                        | metadata.finalizers
            {"ownerReferences":[{"kind":"Pod","name":"x","uid":"u"}]} | metadata.ownerReferences.apiVersion
            {"ownerReferences":[{"apiVersion":"v1","name":"x","uid":"u"}]} | metadata.ownerReferences.kind
            {"ownerReferences":[{"apiVersion":"v1","kind":"Pod","uid":"u"}]} | metadata.ownerReferences.name
            {"ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":"x"}]} | metadata.ownerReferences.uid
            """)
    void finalizersAndOwnersAreChecked(String metadata, String field) {
        Answer answer = send("PATCH", HELLO, "application/merge-patch+json", "{\"metadata\":" + metadata + "}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.body().at("/details/causes"))
                .anySatisfy(cause -> assertThat(Json.text(cause, "field")).isEqualTo(field));
    }

    @Test
    void aFinalizerOfANewObjectIsStandardOrFullyQualified() {
        Answer answer = send("POST", MAPS, "application/json", """
                {"metadata":{"name":"held","finalizers":["example.com/mine","mine"]}}
                """);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/details/causes"))
                .singleElement()
                .satisfies(cause -> assertThat(Json.text(cause, "field")).isEqualTo("metadata.finalizers[1]"));
    }

    @Test
    void whatIsBeingDeletedGetsNoMoreFinalizers() {
        send("POST", MAPS, "application/json", """
                {"metadata":{"name":"going","finalizers":["example.com/mine"]}}
                """);
        send("DELETE", MAPS + "/going", "", "");

        Answer answer = send("PATCH", MAPS + "/going", "application/merge-patch+json", """
                {"metadata":{"finalizers":["example.com/mine","example.com/other"]}}
                """);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(send(
                                "PATCH",
                                MAPS + "/going",
                                "application/merge-patch+json",
                                "{\"metadata\":{\"finalizers\":null}}")
                        .status())
                .isEqualTo(200);
        assertThat(CLIENT.get(MAPS + "/going").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}
            {"metadata":{"name":"other"}}
            """)
    void anEvictionNamesItsPod(String body) {
        assertRefused(
                send("POST", "/api/v1/namespaces/default/pods/some/eviction", "application/json", body),
                "name in URL does not match name in Eviction object");
    }

    private static Answer send(String method, String path, String type, String body) {
        return CLIENT.send(method, path, type, body);
    }

    private static void assertRefused(Answer answer, String beginning) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(Json.text(answer.body(), "message")).startsWith(beginning);
    }
}
