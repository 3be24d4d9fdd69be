package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.engine.cluster.Sighting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster with more to tell than anybody takes in: its API server keeps it until somebody does. */
class UnreadWatchTest {

    private static final int EVENTS = 20_000;
    private static final String PADDING = "x".repeat(4_000);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        goesOn.countDown();
        vertx.close().await();
    }

    @Test
    void whatIsNotTakenInIsNotReadAndNothingOfItIsLost() throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
        var connection = new ClusterConnection(new ClusterConnection.Access.Bearer(
                "http://127.0.0.1:" + server.actualPort(), Optional.empty(), Optional.empty()));
        try (var gateways = new Fabric8ClusterGateways(
                        name -> connection,
                        (application, secret, key, cipher) -> new byte[0],
                        vertx,
                        new GatewayLimits(4, 10));
                var gateway = gateways.open("eu-1", this::takeIn)) {
            assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
            awaitStandstill();
            assertThat(sent).hasValueLessThan(EVENTS / 2);

            goesOn.countDown();
            await(() -> sent.get() == EVENTS);
            assertThat(gateway).isNotNull();
        }
    }

    private void takeIn(Sighting sighting) {
        if (sighting instanceof Sighting.Seen) {
            blocked.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer(HttpServerRequest request) {
        var response = request.response();
        if (request.getParam("watch") == null) {
            response.end("{\"gitVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
        } else {
            response.setChunked(true);
            response.write(
                    Buffer.buffer("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"1\"}}}\n"));
            if (request.path().endsWith("/services")) {
                response.drainHandler(drained -> tell(response));
                tell(response);
            }
        }
    }

    private void tell(HttpServerResponse response) {
        while (sent.get() < EVENTS && !response.writeQueueFull()) {
            int version = 2 + sent.getAndIncrement();
            response.write(Buffer.buffer("""
                    {"type":"MODIFIED","object":{"apiVersion":"v1","kind":"Service","metadata":{"namespace":"default",\
                    "name":"hello","resourceVersion":"%d","labels":{"app.kubernetes.io/name":"hello",\
                    "app.kubernetes.io/managed-by":"shiplog"},"annotations":{"shiplog.dev/application":"default/hello","padding":"%s"}},"spec":{"selector":{"app":"%d"}}}}
                    """.formatted(version, PADDING, version)));
        }
    }

    /** It has sent nothing for half a second, or everything. */
    private void awaitStandstill() {
        int before = -1;
        long since = System.nanoTime();
        while (sent.get() < EVENTS && System.nanoTime() - since < 500_000_000L) {
            if (sent.get() != before) {
                before = sent.get();
                since = System.nanoTime();
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
