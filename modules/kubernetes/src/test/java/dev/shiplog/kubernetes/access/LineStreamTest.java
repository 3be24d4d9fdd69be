package dev.shiplog.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.kubernetes.ClusterConnection;
import dev.shiplog.kubernetes.trouble.TroubleException;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer that goes on and on without ending its line. */
class LineStreamTest {

    private static final long MOST = 64L * 1024 * 1024;
    private static final Buffer PIECE = Buffer.buffer("x".repeat(64 * 1024));

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong sent = new AtomicLong();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void aLineThatDoesNotEndIsNotReadToItsEnd() throws Exception {
        var endless = vertx.createHttpServer()
                .requestHandler(request -> {
                    var response = request.response().setChunked(true);
                    response.drainHandler(drained -> goOn(response));
                    goOn(response);
                })
                .listen(0, "127.0.0.1")
                .await();
        var connection = new ClusterConnection(new ClusterConnection.Access.Bearer(
                "http://127.0.0.1:" + endless.actualPort(), Optional.empty(), Optional.empty()));
        try (var server = new ApiServer(
                        "eu-1", connection, Credentials.of(connection), new Vertx5HttpClientFactory(vertx));
                var lines = server.stream("/endless")) {
            assertThatThrownBy(() -> lines.next(Duration.ofSeconds(30)))
                    .isInstanceOf(TroubleException.class)
                    .hasMessageContaining("a line without an end");
            assertThat(sent).hasValueLessThan(MOST);
        }
    }

    private void goOn(HttpServerResponse response) {
        while (sent.get() < MOST && !response.writeQueueFull()) {
            sent.addAndGet(PIECE.length());
            response.write(PIECE);
        }
        if (sent.get() >= MOST) {
            response.end();
        }
    }
}
