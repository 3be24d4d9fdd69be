package dev.shiplog.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A desk where nobody is served, and more people than there is room for. */
final class DeskTest {

    private static final int AT_ONCE = 3;
    private static final int WAITING = 5;
    private static final int TOO_MANY = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Router router = Router.router(vertx);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Desk desk = new Desk("test", AT_ONCE, WAITING);
    private final int port = vertx.createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();

    @AfterEach
    void close() {
        http.shutdownNow();
        desk.close();
        vertx.close().await();
    }

    @Test
    void soManyAreServedAtOnceSoManyWaitAndTheOthersAreToldToComeBack() throws Exception {
        var atOnce = new AtomicInteger();
        var mostAtOnce = new AtomicInteger();
        var begun = new Semaphore(0);
        var goesOn = new CountDownLatch(1);
        router.get("/").handler(desk.answering(exchange -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            begun.release();
            goesOn.await();
            atOnce.decrementAndGet();
            exchange.text(200, "text/plain", "served");
        }));

        var all = new ArrayList<CompletableFuture<Integer>>();
        var refused = new LinkedBlockingQueue<Integer>();
        for (int i = 0; i < AT_ONCE + WAITING + TOO_MANY; i++) {
            var status = http.sendAsync(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .thenApply(HttpResponse::statusCode);
            all.add(status);
            var unused = status.thenAccept(refused::add);
        }
        for (int i = 0; i < TOO_MANY; i++) {
            assertThat(refused.poll(9, TimeUnit.SECONDS)).isEqualTo(503);
        }
        assertThat(begun.tryAcquire(AT_ONCE, 9, TimeUnit.SECONDS)).isTrue();
        goesOn.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(all.stream().map(CompletableFuture::join).filter(status -> status == 200))
                .hasSize(AT_ONCE + WAITING);
        assertThat(mostAtOnce).hasValue(AT_ONCE);
    }
}
