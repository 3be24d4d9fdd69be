package dev.shiplog.localcluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;

/** The forms in which clients send objects and want to have them. */
class FormsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String YAML = "application/yaml";

    private static final LocalCluster CLUSTER = LocalCluster.named("forms").start();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterAll
    static void close() {
        CLIENT.shutdownNow();
        CLUSTER.close();
    }

    @Test
    void whatIsSentInYamlIsAnsweredInYaml() throws Exception {
        HttpResponse<String> answer = ask("POST", MAPS, YAML, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: written}
                data:
                  switch: "yes"
                  number: "007"
                  truth: "true"
                  nothing: ""
                  conf: |
                    listen 443;
                    # a comment: not one
                """);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(YAML);
        assertThat(read(answer))
                .isEqualTo(Json.parse(
                        ask("GET", MAPS + "/written", "application/json", "").body()));
        assertThat(answer.body()).as("YAML 1.1 takes a bare yes for true").contains("switch: \"yes\"");
        assertThat(read(answer).at("/data/conf").asString()).isEqualTo("listen 443;\n# a comment: not one\n");
    }

    @Test
    void listsDiscoveryAndRefusalsToo() throws Exception {
        assertThat(Json.text(read(ask("GET", "/api/v1/namespaces", YAML, "")), "kind"))
                .isEqualTo("NamespaceList");
        assertThat(Json.text(read(ask("GET", "/api", YAML, "")), "kind")).isEqualTo("APIVersions");
        HttpResponse<String> refusal = ask("GET", MAPS + "/nosuch", YAML, "");
        assertThat(refusal.statusCode()).isEqualTo(404);
        assertThat(Json.text(read(refusal), "reason")).isEqualTo("NotFound");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                                      | 200 | application/json
            */*                                                   | 200 | application/json
            application/yaml, application/json                    | 200 | application/yaml
            application/vnd.kubernetes.protobuf, application/json | 200 | application/json
            text/html, application/xml;q=0.9, */*;q=0.8           | 200 | application/json
            text/html                                             | 406 | application/json
            application/vnd.kubernetes.protobuf                   | 406 | application/json
            """)
    void theFirstFormThatIsServedIsTaken(String accepted, int status, String form) throws Exception {
        HttpResponse<String> answer = ask("GET", MAPS, accepted, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(form);
        if (status == 406) {
            assertThat(answer.body()).contains("Available representations: application/json, application/yaml\"");
        }
    }

    @Test
    void watchesAreInJsonOnly() throws Exception {
        HttpResponse<String> answer = ask("GET", MAPS + "?watch=true", YAML, "");

        assertThat(answer.statusCode()).isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            zzz   | invalid character 'Ï' looking for beginning of value
            a     | illegal base64 data at input byte 0
            !!!   | illegal base64 data at input byte 0
            eyJ2  | unexpected end of JSON input
            e30   | server does not recognize this encoded version ""
            eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ           | incorrect encoded start resourceVersion (version meta.k8s.io/v1)
            eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NX0  | encoded start key empty (version meta.k8s.io/v1)
            """)
    void aContinueTokenThatIsNoneIsRefusedInTheServersWords(String token, String why) throws Exception {
        HttpResponse<String> answer = ask("GET", MAPS + "?limit=1&continue=" + token, "application/json", "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.text(Json.parse(answer.body()), "message"))
                .isEqualTo("invalid continue token: continue key is not valid: " + why);
    }

    private static HttpResponse<String> ask(String method, String path, String accepted, String body)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(CLUSTER.url() + path))
                        .header("Accept", accepted)
                        .header("Content-Type", YAML)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode read(HttpResponse<String> answer) {
        return Json.MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(answer.body()));
    }
}
