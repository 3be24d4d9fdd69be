package dev.shiplog.localcluster.patch;

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

/** Patches after which an object is none of its kind any more: the client's fault, as 422 with what did not fit. */
class UnfitPatchTest {
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String HELLO = DEPLOYMENTS + "/hello";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON = "application/json-patch+json";

    private static final LocalCluster CLUSTER = LocalCluster.named("patched").start();
    private static final HttpClientOf CLIENT = new HttpClientOf(CLUSTER);

    @BeforeAll
    static void deploy() {
        Answer answer = CLIENT.send("POST", DEPLOYMENTS, "application/json", """
                {"metadata":{"name":"hello"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"hello"}},
                 "template":{"metadata":{"labels":{"app":"hello"}},
                  "spec":{"containers":[{"name":"hello","image":"hello:1.0.0"}]}}}}
                """);
        assertThat(answer.status()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        CLUSTER.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"spec":{"replicas":"x"}}                        | map[spec:map[replicas:x]]            | unrecognized type: int32
            {"spec":{"replicas":1.5}}                        | map[spec:map[replicas:1.5]]          | cannot convert float64 to int32
            {"spec":{"paused":1}}                            | map[spec:map[paused:1]]              | unrecognized type: bool
            {"spec":7}                                       | map[spec:7]                          | cannot restore struct from: int64
            {"spec":{"template":{"spec":{"containers":"x"}}}}| map[spec:map[template:map[spec:map[containers:x]]]] | cannot restore slice from string
            {"metadata":{"labels":["a","b"]}}                | map[metadata:map[labels:[a b]]]      | cannot restore map from slice
            {"metadata":{"labels":{"b":1,"a":null}}}         | map[metadata:map[labels:map[a:<nil> b:1]]] | cannot convert int64 to string
            """)
    void aStrategicMergePatchNamesItselfAndTheTypeThatItDoesNotFit(String patch, String shown, String why) {
        Answer answer = CLIENT.send("PATCH", HELLO, STRATEGIC, patch);

        assertInvalid(answer, Json.text(shown).toString(), why);
    }

    @Test
    void aMergePatchShowsTheObjectThatItWouldMake() {
        Answer answer = CLIENT.send("PATCH", HELLO, MERGE, "{\"spec\":{\"replicas\":\"x\"}}");

        assertUnmarshalled(answer);
    }

    @Test
    void aJsonPatchShowsTheObjectThatItWouldMake() {
        Answer answer =
                CLIENT.send("PATCH", HELLO, JSON, "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":\"x\"}]");

        assertUnmarshalled(answer);
    }

    private static void assertUnmarshalled(Answer answer) {
        assertInvalid(
                answer,
                "",
                "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32");
        assertThat(answer.body().at("/details/causes/0/message").asString())
                .contains("\\\"replicas\\\":\\\"x\\\"")
                .contains("hello:1.0.0");
    }

    @ParameterizedTest
    @CsvSource({STRATEGIC, MERGE})
    void unknownFieldsAreRefusedTheSameWayByThoseWhoAskForIt(String type) {
        Answer answer = CLIENT.send("PATCH", HELLO + "?fieldValidation=Strict", type, "{\"spec\":{\"replica\":2}}");

        assertInvalid(answer, "", "strict decoding error: unknown field \"spec.replica\"");
        assertThat(CLIENT.send("PATCH", HELLO, type, "{\"spec\":{\"replica\":2}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theScaleSubresourceDoesTheSame() {
        Answer answer = CLIENT.send("PATCH", HELLO + "/scale", MERGE, "{\"spec\":{\"replicas\":\"x\"}}");

        assertInvalid(
                answer, "", "json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/strategic-merge-patch+json | [1]     | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}
            application/merge-patch+json           | "x"     | 400 | error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}
            application/json-patch+json            | {}      | 400 | error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp
            application/strategic-merge-patch+json | {"spec":{"template":{"spec":{"containers":[{"image":"x"}]}}}} | 500 | map: map[image:x] does not contain declared merge key: name
            """)
    void whatIsNoPatchIsRefusedBeforeItIsTried(String type, String patch, int status, String message) {
        Answer answer = CLIENT.send("PATCH", HELLO, type, patch);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(Json.text(answer.body(), "message")).isEqualTo(message);
    }

    private static void assertInvalid(Answer answer, String value, String why) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(Json.text(answer.body(), "reason")).isEqualTo("Invalid");
        assertThat(Json.text(answer.body(), "message")).startsWith(" \"\" is invalid: patch: Invalid value: ");
        assertThat(answer.body().at("/details").propertyNames()).containsOnly("causes");
        assertThat(answer.body().at("/details/causes")).singleElement().satisfies(cause -> {
            assertThat(Json.text(cause, "reason")).isEqualTo("FieldValueInvalid");
            assertThat(Json.text(cause, "field")).isEqualTo("patch");
            assertThat(Json.text(cause, "message"))
                    .startsWith("Invalid value: " + value)
                    .endsWith(": " + why);
        });
    }
}
