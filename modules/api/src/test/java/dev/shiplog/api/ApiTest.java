package dev.shiplog.api;

import static dev.shiplog.api.FakeReadModel.THEN;
import static dev.shiplog.api.FakeReadModel.app;
import static dev.shiplog.api.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.view.Phase;
import dev.shiplog.protocol.view.RevisionView;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiTest {

    private static final String PAUSE = """
            {"application": "default/hello", "actor": "ana", "pause": {}}""";

    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code, String detail) {
        assertThat(response.body()).contains(detail);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(response).get("code").stringValue()).isEqualTo(code);
        assertThat(json(response).get("status").intValue()).isEqualTo(status);
        assertThat(json(response).get("type").stringValue()).isEqualTo("urn:shiplog:problem:" + code);
    }

    /** Java's client asks for an upgrade, and got a broken frame instead of a large answer now and then. */
    @Test
    void aClientThatWouldRatherHaveHttp2IsAnsweredWithoutAnUpgrade() throws Exception {
        var answer = api.get("/openapi.json");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void anApplicationIsShownAndAnUnknownOneIsAProblem() throws Exception {
        api.readModel.put(app("default", "hello", Phase.Healthy, "all there"));

        var found = api.get("/v1/apps/default/hello");
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body())
                .startsWith("{\"name\":\"hello\",\"namespace\":\"default\",\"phase\":\"Healthy\",\"revision\":1,")
                .contains("\"updated\":\"2026-01-01T09:00:00Z\"")
                .doesNotContain("null");
        assertProblem(api.get("/v1/apps/default/auth"), 404, "unknown-application", "default/auth");
        assertProblem(api.get("/v1/apps/default/NO_NAME"), 400, "invalid-parameter", "is no application name");
    }

    @Test
    void aLongListComesWholeAndAPageWhenAsked() throws Exception {
        for (int i = 1000; i < 1250; i++) {
            api.readModel.put(app("default", "app-" + i, Phase.Healthy, "all there"));
        }

        var all = json(api.get("/v1/apps"));
        assertThat(all.get("items").size()).isEqualTo(250);
        assertThat(all.has("next")).isFalse();
        var page = json(api.get("/v1/apps?limit=200"));
        assertThat(page.get("items").size()).isEqualTo(200);
        var rest = json(api.get("/v1/apps?limit=200&after=" + page.get("next").stringValue()));
        assertThat(rest.get("items").size()).isEqualTo(50);
        assertProblem(api.get("/v1/apps?limit=0"), 400, "invalid-parameter", "limit: a number from 1 to 1000");
        assertProblem(api.get("/v1/rollouts?after=nonsense"), 400, "invalid-parameter", "after: ");
    }

    @Test
    void applicationsAreChosenByNamespaceClusterAndLabels() throws Exception {
        api.get("/v1/apps?namespace=default&cluster=seoul&labelSelector=tier%3Dbackend%2Capp%20notin%20(auth%2Cweb)");

        var filter = api.readModel.asked.orElseThrow();
        assertThat(filter.namespace()).contains("default");
        assertThat(filter.cluster()).contains("seoul");
        assertThat(filter.labels().matches(java.util.Map.of("tier", "backend", "app", "hello")))
                .isTrue();
        assertThat(filter.labels().matches(java.util.Map.of("tier", "backend", "app", "web")))
                .isFalse();
        assertProblem(api.get("/v1/apps?labelSelector=%3D%3D"), 400, "invalid-parameter", "labelSelector: ");
    }

    @Test
    void theHistoryAndAReleaseOfItAreShown() throws Exception {
        api.readModel.revisions.add(new RevisionView(
                "default/hello",
                1,
                "first",
                "ana",
                "",
                THEN,
                List.of("hello:1"),
                "apply",
                "Completed",
                List.of(),
                null));

        assertThat(json(api.get("/v1/apps/default/hello/history")).get("items").size())
                .isEqualTo(1);
        var release = json(api.get("/v1/apps/default/hello/releases/1"));
        assertThat(release.at("/revision/cause").stringValue()).isEqualTo("first");
        assertThat(release.at("/spec/objects").isArray()).isTrue();
        assertProblem(api.get("/v1/apps/default/hello/releases/2"), 404, "unknown-revision", "revision 2");
        assertProblem(api.get("/v1/apps/default/hello/releases/x"), 400, "invalid-parameter", "revision: ");
        assertProblem(api.get("/v1/apps/default/auth/history"), 404, "unknown-application", "default/auth");
        assertThat(json(api.get("/v1/releases")).get("items").size()).isEqualTo(1);
    }

    @Test
    void whatWasDeletedIsSaidToHaveBeenByWhomAndWhen() throws Exception {
        api.readModel.revisions.add(new RevisionView(
                "default/hello",
                1,
                "first",
                "ana",
                "",
                THEN,
                List.of("hello:1"),
                "apply",
                "Removed",
                List.of(),
                new RevisionView.Deletion("bo", "no longer needed", THEN.plusMillis(1))));

        var sentence = "was deleted by bo at 2026-01-01T09:00:00Z (no longer needed);"
                + " shiplog rollout history hello -n default still shows it";
        assertProblem(api.get("/v1/apps/default/hello"), 404, "unknown-application", sentence);
        assertProblem(api.get("/v1/apps/default/hello/watch"), 404, "unknown-application", sentence);
        assertThat(json(api.get("/v1/apps/default/hello/history"))
                        .at("/items/0/deleted/reason")
                        .stringValue())
                .isEqualTo("no longer needed");
    }

    @Test
    void theRestIsThere() throws Exception {
        assertThat(json(api.get("/v1/clusters")).at("/items/0/name").stringValue())
                .isEqualTo("seoul");
        assertThat(json(api.get("/v1/clusters/seoul")).get("version").stringValue())
                .isEqualTo("v1.34.1");
        assertProblem(api.get("/v1/clusters/tokyo"), 404, "unknown-cluster", "tokyo");
        assertThat(json(api.get("/v1/sealing-key")).get("fingerprintKey").stringValue())
                .isEqualTo("a2V5");
        assertThat(json(api.get("/v1/schemas/release.json")).has("$schema")).isTrue();
        assertThat(api.get("/livez").body()).isEqualTo("ok\n");
        assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
        api.missing.add("no Kafka broker answers at localhost:9092");
        assertProblem(api.get("/readyz"), 503, "not-ready", "no Kafka broker");
        assertThat(api.get("/").headers().firstValue("location")).contains("/openapi.json");
    }

    @Test
    void whatIsOldSaysSo() throws Exception {
        api.readModel.put(app("default", "hello", Phase.Healthy, "all there"));
        assertThat(api.get("/v1/apps").headers().firstValue("shiplog-stale")).isEmpty();

        api.stale = Optional.of("the read model has stood still\nsince noon \u2026");

        for (var path : List.of("/v1/apps", "/v1/apps/default/hello", "/v1/clusters", "/v1/apps/default/auth")) {
            assertThat(api.get(path).headers().firstValue("shiplog-stale"))
                    .as(path)
                    .contains("the read model has stood still since noon");
        }
        try (var stream = api.stream("/v1/apps/default/hello/watch")) {
            assertThat(stream.next()).contains("event: app");
            assertThat(stream.next())
                    .containsExactly(
                            "event: stale",
                            "data: {\"reason\":\"the read model has stood still\\nsince noon \u2026\"}");
            api.stale = Optional.empty();
            api.changes.changed(List.of(ApplicationName.parse("default/hello")));
            assertThat(stream.next()).containsExactly("event: stale", "data: {\"reason\":\"\"}");
        }
    }

    @Test
    void anAcceptedCommandIsReadableWhenItsReceiptComes() throws Exception {
        var response = api.post("/v1/commands", """
                {"id": "c1", "source": "cli", "application": "default/hello", "scale": {"replicas": 5}}""");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"commandId\":\"c1\",\"source\":\"cli\",\"application\":\"default/hello\","
                        + "\"status\":\"accepted\",\"revision\":1,"
                        + "\"revisions\":[{\"revision\":1,\"clusters\":[\"seoul\"]}],\"code\":\"\","
                        + "\"message\":\"revision 1 goes to seoul\"}");
        assertThat(api.submitted).hasSize(1);
        assertThat(api.readModel.awaited)
                .containsExactly(api.submitted.getFirst().id());
    }

    @Test
    void aCommandWithoutAnIdIsGivenOne() throws Exception {
        var receipt = json(api.post("/v1/commands", PAUSE));

        assertThat(receipt.get("source").stringValue()).isEqualTo("api");
        assertThat(receipt.get("commandId").stringValue()).hasSize(36);
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-application, 404",
        "unknown-cluster, 404",
        "unknown-revision, 404",
        "paused, 409",
        "not-paused, 409",
        "being-deleted, 409",
        "invalid-release, 422",
        "negative-replicas, 422"
    })
    void aRefusalIsAProblemWithItsCode(String code, int status) throws Exception {
        api.outcome = command -> CompletableFuture.completedFuture(new Outcome.Refused(code, "not so, because"));

        assertProblem(api.post("/v1/commands", PAUSE), status, code, "not so, because");
    }

    @Test
    void aCommandWhoseOutcomeTakesLongerIsPending() throws Exception {
        api.outcome = command -> new CompletableFuture<>();

        var response = api.post("/v1/commands?wait=10ms", PAUSE);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("status").stringValue()).isEqualTo("pending");
        assertProblem(api.post("/v1/commands?wait=soon", PAUSE), 400, "invalid-parameter", "wait: a duration such as");
        assertProblem(api.post("/v1/commands?wait=2h", PAUSE), 400, "invalid-parameter", "wait: at most 600s");
    }

    @Test
    void aCommandIsPendingTooWhereItsSubmitterWaitsNoLonger() throws Exception {
        api.outcome = command -> CompletableFuture.failedFuture(new TimeoutException());

        var response = api.post("/v1/commands?wait=10m", PAUSE);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("status").stringValue()).isEqualTo("pending");
        assertThat(api.patiences).containsExactly(Duration.ofMinutes(10));
    }

    @Test
    void whatWasDecidedIsToldThoughItCanNotBeReadJustNow() throws Exception {
        api.readModel.away = true;

        var response = api.post("/v1/commands", PAUSE);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("status").stringValue()).isEqualTo("accepted");
    }

    @Test
    void anIdThatNobodyWouldTakeIsRefusedAtOnce() throws Exception {
        var long513 = PAUSE.replaceFirst("\\{", "{\"id\": \"" + "i".repeat(513) + "\", ");
        assertProblem(
                api.post("/v1/commands", long513), 400, "invalid-field", "id: it may have 512 characters, not 513");
    }

    @Test
    void aCommandThatCouldNotBeHandedInMayBeSentAgain() throws Exception {
        api.outcome = command -> CompletableFuture.failedFuture(new IOException("broker gone at /10.0.0.7"));

        var response = api.post("/v1/commands", PAUSE);

        assertProblem(response, 503, "not-submitted", "submit it again with source");
        assertThat(response.body()).doesNotContain("10.0.0.7");
        assertThat(response.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void whoWaitsWhenTheServerEndsIsNotToldThatNothingWasHandedIn() throws Exception {
        var submitted = new CountDownLatch(1);
        api.outcome = command -> {
            submitted.countDown();
            return new CompletableFuture<>();
        };
        var response = CompletableFuture.supplyAsync(() -> {
            try {
                return api.post("/v1/commands", PAUSE);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(submitted.await(30, TimeUnit.SECONDS)).isTrue();
        api.end();

        assertProblem(response.get(30, TimeUnit.SECONDS), 503, "not-submitted", "submit it again with source");
    }

    @Test
    void whatIsNoCommandIsToldWhere() throws Exception {
        assertProblem(api.post("/v1/commands", "{\"application\": "), 400, "malformed", "");
        assertProblem(api.post("/v1/commands", """
                        {"application": "default/hello", "apply": {"spec": {"objcts": []}}}"""), 400, "unknown-field", "apply.spec.objcts");
        assertProblem(api.post("/v1/commands", """
                        {"application": "default/hello", "scale": {"replicas": "many"}}"""), 400, "invalid-field", "scale.replicas");
        assertProblem(api.post("/v1/commands", "{\"pause\": {}}"), 400, "missing-field", "application");
        assertProblem(api.post("/v1/commands", "text/plain", PAUSE), 415, "unsupported-content-type", "text/plain");
        assertThat(api.submitted).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        var large = PAUSE + " ".repeat(4 * 1024 * 1024);

        assertProblem(api.post("/v1/commands", large), 413, "too-large", "4 MiB");
    }

    @Test
    void wrongPathsAndMethodsAreProblems() throws Exception {
        assertProblem(api.get("/v1/nothing"), 404, "unknown-path", "/openapi.json");
        var wrong = api.send("DELETE", "/v1/apps/default/hello");
        assertProblem(wrong, 405, "wrong-method", "DELETE");
        assertThat(wrong.headers().firstValue("allow")).contains("GET");
        assertThat(api.get("/v1/commands").headers().firstValue("allow")).contains("POST");
    }

    @Test
    void aDatabaseThatIsAwayIsSaidToBe() throws Exception {
        api.readModel.away = true;

        var response = api.get("/v1/apps");

        assertProblem(response, 503, "unavailable", "database");
        assertThat(response.body()).doesNotContain("connection refused");
    }

    @Test
    void onlyWhoCallsUsByAnOwnNameIsAnswered() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
                var out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
                var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)) {
            out.write("GET /v1/apps HTTP/1.1\r\nHost: evil.example:7070\r\nConnection: close\r\n\r\n");
            out.flush();
            var answer = new java.io.BufferedReader(in).lines().toList();

            assertThat(answer.getFirst()).startsWith("HTTP/1.1 421");
            assertThat(answer.getLast()).contains("wrong-host");
        }
    }

    @Test
    void anApplicationIsWatchedUntilItIsDeleted() throws Exception {
        var hello = app("default", "hello", Phase.Progressing, "waiting");
        api.readModel.put(hello);
        var name = dev.shiplog.domain.ApplicationName.parse("default/hello");

        try (var stream = api.stream("/v1/apps/default/hello/watch")) {
            assertThat(stream.next()).startsWith("event: app").last().asString().contains("\"waiting\"");

            api.changes.changed(List.of(name));
            api.readModel.put(app("default", "hello", Phase.Healthy, "all there"));
            api.changes.changed(List.of(name));
            assertThat(stream.next()).last().asString().contains("\"all there\"");

            api.readModel.applications.clear();
            api.changes.changed(List.of(name));
            assertThat(stream.next()).containsExactly("event: deleted", "data: {}");
            assertThat(stream.next()).isEmpty();
        }
        assertProblem(api.get("/v1/apps/default/hello/watch"), 404, "unknown-application", "default/hello");
    }

    @Test
    void eventsAreReadInPagesAndFollowed() throws Exception {
        api.readModel.happened("first");
        api.readModel.happened("second");

        var page = json(api.get("/v1/events?limit=1"));
        assertThat(page.at("/items/0/summary").stringValue()).isEqualTo("first");
        assertThat(page.get("next").stringValue()).isEqualTo("10");
        assertThat(json(api.get("/v1/events?after=latest")).get("items").size()).isZero();

        try (var stream = api.stream("/v1/events?after=0")) {
            assertThat(stream.next()).startsWith("id: 10").last().asString().contains("\"first\"");
            assertThat(stream.next()).startsWith("id: 20");
            api.readModel.happened("third");
            api.changes.grown();
            assertThat(stream.next()).startsWith("id: 30");
        }
        try (var stream = api.stream("/v1/events?after=0", "last-event-id", "20")) {
            assertThat(stream.next()).startsWith("id: 30");
        }
        assertThat(json(api.get("/v1/apps/default/hello/events")).get("items").size())
                .isEqualTo(3);
        assertProblem(api.get("/v1/apps/default/auth/events"), 404, "unknown-application", "default/auth");
    }

    @Test
    void whoWatchesIsToldWhenWeEnd() throws Exception {
        api.readModel.put(app("default", "hello", Phase.Progressing, "waiting"));
        try (var stream = api.stream("/v1/apps/default/hello/watch")) {
            assertThat(stream.next()).startsWith("event: app");

            api.close();

            assertThat(rest(stream)).isEmpty();
        }
    }

    /** The end of a stream may come as its end, or as that of the connection. */
    private static List<String> rest(RunningApi.Stream stream) {
        try {
            return stream.next();
        } catch (IOException e) {
            return List.of();
        }
    }
}
