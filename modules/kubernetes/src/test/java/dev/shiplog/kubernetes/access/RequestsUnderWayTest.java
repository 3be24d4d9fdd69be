package dev.shiplog.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.kubernetes.ClusterConnection;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand applications may ask at once; what waits may not each hold a connection. */
class RequestsUnderWayTest {

    private static final int LIMIT = 4;
    private static final int REQUESTS = 40;

    private final Vertx vertx = Vertx.vertx();
    private final LinkedBlockingQueue<HttpServerResponse> open = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void moreThanMayBeUnderWayWaitAndAreServedInTurn() throws Exception {
        var slow = vertx.createHttpServer()
                .requestHandler(request -> open.add(request.response()))
                .listen(0, "127.0.0.1")
                .await();
        var connection = new ClusterConnection(
                new ClusterConnection.Access.Bearer(
                        "http://127.0.0.1:" + slow.actualPort(), Optional.empty(), Optional.empty()),
                List.of(),
                10_000,
                10_000,
                LIMIT,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30));
        try (var server = new ApiServer(
                        "eu-1", connection, Credentials.of(connection), new Vertx5HttpClientFactory(vertx));
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> call = () -> server.get("/slow");
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(callers.submit(call));
            }
            for (int answered = 0; answered < REQUESTS; answered += LIMIT) {
                var served = new ArrayList<HttpServerResponse>();
                for (int i = 0; i < LIMIT; i++) {
                    served.add(open.poll(10, TimeUnit.SECONDS));
                }
                assertThat(open).isEmpty();
                served.forEach(response -> response.end("{}"));
            }
            for (var answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS).code()).isEqualTo(200);
            }
        }
    }
}
