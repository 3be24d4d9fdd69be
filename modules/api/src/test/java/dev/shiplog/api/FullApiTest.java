package dev.shiplog.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each bound of the API, filled: who comes then is told to come back, and all that was let in is answered. */
class FullApiTest {

    private static final int TOO_MANY = 12;
    private static final ApiLimits USUAL = ApiLimits.USUAL;

    @Test
    void readsAtOnceAndThoseThatWait() throws Exception {
        var begun = new AtomicInteger();
        var goesOn = new CountDownLatch(1);
        try (var api = new RunningApi(new ApiLimits(100, 2, 3, 1, 1, 1))) {
            api.readModel.atEachQuestion = () -> {
                begun.incrementAndGet();
                awaitQuietly(goesOn);
            };
            fill(5, () -> api.get("/v1/apps").statusCode(), () -> {
                assertThat(begun).hasValue(2);
                goesOn.countDown();
            });
        }
    }

    @Test
    void submissions() throws Exception {
        var outcome = new CompletableFuture<Outcome>();
        try (var api = new RunningApi(new ApiLimits(100, 1, 0, 4, USUAL.submissionBytes(), 1))) {
            api.outcome = command -> outcome;
            fill(4, () -> submit(api, 0), () -> outcome.complete(new Outcome.Accepted(1, "")));
        }
    }

    /** Of 30 kB each, in a room for 100 kB. */
    @Test
    void bytesOfSubmissions() throws Exception {
        var outcome = new CompletableFuture<Outcome>();
        try (var api = new RunningApi(new ApiLimits(100, 1, 0, 1_000, 100_000, 1))) {
            api.outcome = command -> outcome;
            fill(3, () -> submit(api, 30_000), () -> outcome.complete(new Outcome.Accepted(1, "")));
            assertThat(submit(api, 30_000)).isEqualTo(200);
        }
    }

    @Test
    void oneSubmissionIsLetInWhateverItsSize() throws Exception {
        try (var api = new RunningApi(new ApiLimits(100, 1, 0, 10, 1, 1))) {
            assertThat(submit(api, 30_000)).isEqualTo(200);
        }
    }

    @Test
    void streams() throws Exception {
        try (var api = new RunningApi(new ApiLimits(100, 1, 0, 1, 1, 3))) {
            var open = new ArrayList<RunningApi.Stream>();
            for (int i = 0; i < 3; i++) {
                open.add(api.stream("/v1/events?after=latest"));
            }
            for (int i = 0; i < TOO_MANY; i++) {
                assertThatThrownBy(() -> api.stream("/v1/events?after=latest"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("503");
            }
            api.readModel.happened("something");
            api.changes.grown();
            for (var stream : open) {
                assertThat(stream.next()).isNotEmpty();
                stream.close();
            }
        }
    }

    @Test
    void connections() throws Exception {
        try (var api = new RunningApi(new ApiLimits(4, 1, 0, 1, 1, 1))) {
            List<Socket> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var socket = connect(api);
                ask(socket);
                open.add(socket);
            }
            try (var late = connect(api)) {
                assertThat(late.getInputStream().read()).isEqualTo(-1);
            }
            for (var socket : open) {
                ask(socket);
                socket.close();
            }
        }
    }

    private static Socket connect(RunningApi api) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
        while (in.available() > 0) {
            in.skip(in.available());
        }
    }

    private static int submit(RunningApi api, int padding) throws Exception {
        return api.post("/v1/commands", """
                {"application": "default/hello", "reason": "%s", "scale": {"replicas": 5}}""".formatted("x".repeat(padding))).statusCode();
    }

    /** So many get in, the others are refused at once, and once they go on, those in are answered. */
    private static void fill(int room, Callable<Integer> request, Runnable goOn) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ExecutorCompletionService<Integer>(callers);
            for (int i = 0; i < room + TOO_MANY; i++) {
                answers.submit(request);
            }
            for (int i = 0; i < TOO_MANY; i++) {
                var refused = answers.poll(9, TimeUnit.SECONDS);
                assertThat(refused).as("refused").isNotNull();
                assertThat(refused.get()).isEqualTo(503);
            }
            goOn.run();
            for (int i = 0; i < room; i++) {
                assertThat(answers.poll(20, TimeUnit.SECONDS).get()).isEqualTo(200);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
