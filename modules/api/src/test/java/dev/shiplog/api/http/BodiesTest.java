package dev.shiplog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room for two bodies, and clients that leave while somebody works on what they have sent. */
final class BodiesTest {

    private static final int BYTES = 30_000;

    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final Desk desk = new Desk("test", 100, 0);
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore left = new Semaphore(0);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final int port = vertx.createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();

    @AfterEach
    void close() {
        goesOn.countDown();
        desk.close();
        vertx.close().await();
    }

    @Test
    void whatSomebodyWorksOnCountsThoughItsClientHasLeft() throws Exception {
        var bodies = new Bodies(BYTES, 2 * BYTES);
        router.post("/")
                .handler(routing -> {
                    routing.addEndHandler(ended -> left.release());
                    routing.next();
                })
                .handler(bodies)
                .handler(desk.answering(bodies.holding(exchange -> {
                    begun.release();
                    goesOn.await();
                })));
        for (int client = 1; client <= 2; client++) {
            try (var socket = post()) {
                assertThat(begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                assertThat(socket.isConnected()).isTrue();
            }
            assertThat(left.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
        try (var refused = post()) {
            assertThat(status(refused)).isEqualTo("HTTP/1.1 503");
        }
    }

    @Test
    void aBodyOfUnknownSizeCountsWithItsOwnOnceItIsRead() throws Exception {
        var bodies = new Bodies(BYTES, 2 * BYTES);
        router.post("/").handler(bodies).handler(desk.answering(bodies.holding(exchange -> {
            begun.release();
            goesOn.await();
        })));
        List<Socket> open = new ArrayList<>();
        for (int client = 1; client <= 5; client++) {
            open.add(send("Transfer-Encoding: chunked\r\n\r\n3e8\r\n" + "x".repeat(1_000) + "\r\n0\r\n\r\n"));
            assertThat(begun.tryAcquire(20, TimeUnit.SECONDS))
                    .as("client " + client)
                    .isTrue();
        }
        open.add(post());
        assertThat(begun.tryAcquire(20, TimeUnit.SECONDS))
                .as("30 kB beside 5 kB")
                .isTrue();
        try (var refused = post()) {
            assertThat(status(refused)).as("30 kB beside 35 kB").isEqualTo("HTTP/1.1 503");
        }
        for (var socket : open) {
            socket.close();
        }
    }

    private Socket post() throws IOException {
        return send("Content-Length: " + BYTES + "\r\n\r\n" + "x".repeat(BYTES));
    }

    private Socket send(String lengthAndBody) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        var out = socket.getOutputStream();
        out.write(("POST / HTTP/1.1\r\nHost: localhost\r\n" + lengthAndBody).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
}
