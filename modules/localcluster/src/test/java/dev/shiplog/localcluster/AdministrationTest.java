package dev.shiplog.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.HttpClientOf.Answer;
import dev.shiplog.localcluster.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The admin APIs: what they do not understand they refuse, and leave everything as it was. */
class AdministrationTest {
    private static final String JSON = "application/json";

    private final LocalCluster cluster = LocalCluster.named("administered").start();
    private final HttpClientOf client = new HttpClientOf(cluster);
    private final HttpClientOf traffic = new HttpClientOf(cluster.trafficUrl());

    @BeforeEach
    void something() {
        client.send("PUT", "/_faults", JSON, "{\"latencyMillis\":5,\"pathContains\":\"/nowhere\"}");
    }

    @AfterEach
    void close() {
        client.close();
        traffic.close();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"bogus":1}              | bogus is not known; there are latencyMillis, tooManyRequests, retryAfterSeconds, internalError, unavailable, dropped, hung, pathContains
            {"latencyMillis":-1}     | latencyMillis must be a whole number from 0 to 3600000, not -1
            {"latencyMillis":1.5}    | latencyMillis must be a whole number from 0 to 3600000, not 1.5
            {"latencyMillis":null}   | latencyMillis must be a whole number from 0 to 3600000, not null
            {"tooManyRequests":7}    | tooManyRequests must be a number from 0 to 1, not 7
            {"hung":"often"}         | hung must be a number from 0 to 1, not "often"
            {"retryAfterSeconds":-1} | retryAfterSeconds must be a whole number from 0 to 86400, not -1
            {"pathContains":7}       | pathContains must be a text, not 7
            {"hung":0.7,"dropped":0.6} | tooManyRequests, internalError, unavailable, dropped and hung must be at most 1 together, not 1.3
            [1]                      | the body must be a JSON object, not [1]
            {"hung":                 | the body is not JSON
            """)
    void faultsThatCannotBeAreRefused(String body, String why) {
        assertRefused(client.send("PUT", "/_faults", JSON, body), why);
        assertThat(Json.number(client.get("/_faults").body(), 0, "latencyMillis"))
                .as("what was set stays")
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /_faults/nodes-gone  | {"nodes":["node-1","node-9"]} | nodes: node-9 is not known; there are node-1, node-2, node-3
            /_faults/nodes-back  | {"nodes":["node-9"]}          | nodes: node-9 is not known; there are node-1, node-2, node-3
            /_faults/nodes-gone  | {"nodes":"node-1"}            | nodes must be a list of texts, not "node-1"
            /_faults/nodes-gone  | {"node":["node-1"]}           | node is not known; there are nodes, noticedAfterMillis
            /_faults/nodes-gone  | {"noticedAfterMillis":-5}     | noticedAfterMillis must be a whole number from 0 to 86400000, not -5
            /_faults/wipe        | {"really":true}               | really is not known; there are none
            """)
    void whatCannotHappenIsRefused(String path, String body, String why) {
        assertRefused(client.send("POST", path, JSON, body), why);
        assertThat(client.get("/_faults").body().path("nodesGone")).isEmpty();
        assertThat(client.get("/api/v1/namespaces").body().path("items")).hasSize(4);
    }

    @Test
    void everyAnswerTellsHowThingsAreNow() {
        assertThat(nodesGone("POST", "/_faults/nodes-gone", "{\"nodes\":[\"node-1\",\"node-2\"]}"))
                .isEqualTo("[\"node-1\",\"node-2\"]");
        assertThat(nodesGone("POST", "/_faults/nodes-back", "{\"nodes\":[\"node-1\"]}"))
                .isEqualTo("[\"node-2\"]");
        Answer none = client.send("DELETE", "/_faults", "", "");
        assertThat(none.body().path("nodesGone")).isEmpty();
        assertThat(Json.number(none.body(), -1, "latencyMillis")).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /-/quality?image=hello:1 | {"errorRate":"x"}      | errorRate must be a number from 0 to 1, not "x"
            /-/quality?image=hello:1 | {"errorRate":1.1}      | errorRate must be a number from 0 to 1, not 1.1
            /-/quality?image=hello:1 | {"latency":50}         | latency is not known; there are errorRate, latencyMillis
            /-/quality?image=hello:1 | {"latencyMillis":-1}   | latencyMillis must be a whole number from 0 to 3600000, not -1
            /-/quality               | {"errorRate":1}        | the image is missing: /-/quality?image=hello:2.0.0
            /-/quality?image=hello:1 | 7                      | the body must be a JSON object, not 7
            """)
    void aQualityThatCannotBeIsRefused(String path, String body, String why) {
        assertRefused(traffic.send("PUT", path, JSON, body), why);
    }

    private String nodesGone(String method, String path, String body) {
        Answer answer = client.send(method, path, JSON, body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body().path("nodesGone").toString();
    }

    private static void assertRefused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(Json.text(answer.body(), "message")).isEqualTo(why);
    }
}
