package dev.shiplog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.views.live.Changes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedWaysTest {

    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Desk desk = new Desk("test", 1, 1);
    private final int port = vertx.createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();

    @AfterEach
    void close() {
        http.shutdownNow();
        desk.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return http.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldToComeBack() throws Exception {
        var begun = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        router.get("/").handler(desk.answering(exchange -> {
            begun.countDown();
            done.await();
            exchange.text(200, "text/plain", "served");
        }));

        var first = get("/");
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        var waiting = get("/");
        var refused = waiting.applyToEither(get("/"), response -> response).get(20, TimeUnit.SECONDS);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        done.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).body()).isEqualTo("served");
    }

    @Test
    void whatNobodyThoughtOfIsNotToldToTheClient() throws Exception {
        router.get("/").handler(desk.answering(exchange -> {
            throw new IllegalStateException("a secret of ours");
        }));

        var response = get("/").get(20, TimeUnit.SECONDS);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"internal\"").doesNotContain("secret");
    }

    @Test
    void silenceIsBrokenByComments() throws Exception {
        var changes = new Changes();
        var streams = new Streams(20, java.util.Optional::empty);
        router.get("/")
                .handler(desk.answering(exchange ->
                        streams.run(exchange, changes.of(ApplicationName.parse("default/hello")), sink -> true)));

        var response = http.send(request("/"), HttpResponse.BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
            assertThat(lines.lines().filter(line -> !line.isEmpty()).limit(3))
                    .containsExactly("retry: 1000", ": still here", ": still here");
        }
        streams.close();
    }

    /** Nobody tells that ten seconds have gone. */
    @Test
    void whatComesToBeTrueByTimeAloneIsShown() throws Exception {
        var changes = new Changes();
        var streams = new Streams(20, java.util.Optional::empty);
        var looks = new AtomicInteger();
        router.get("/")
                .handler(desk.answering(exchange ->
                        streams.run(exchange, changes.of(ApplicationName.parse("default/hello")), sink -> {
                            sink.send(Streams.event("app", Integer.toString(looks.incrementAndGet()), "{}"));
                            return looks.get() < 2;
                        })));

        var response = http.send(request("/"), HttpResponse.BodyHandlers.ofString());

        assertThat(response.body().lines()).contains("id: 1", ": still here", "id: 2");
        streams.close();
    }
}
