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
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each bound of the API, filled: who comes then is told to come back, and all that was let in is answered. */
class FullApiTest {

    private static final int TOO_MANY = 12;
    private static final ApiLimits USUAL = ApiLimits.USUAL;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private interface Step {
        void run() throws Exception;
    }

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
                await("two have begun", () -> begun.get() >= 2);
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
            await("there is room again", () -> submit(api, 30_000) == 200);
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
            }
            open.getFirst().close();
            await("a place is free again", () -> isServed(api));
            for (var socket : open) {
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
        assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 200");
    }

    private static boolean isServed(RunningApi api) {
        try (var socket = connect(api)) {
            ask(socket);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }

    /** Reads the whole answer, so that the next one begins where it ends; only its head is told. */
    private static String answer(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                var length = LENGTH.matcher(head);
                assertThat(length.find()).as(head.toString()).isTrue();
                in.readNBytes(Integer.parseInt(length.group(1)));
                break;
            }
        }
        return head.toString();
    }

    private static int submit(RunningApi api, int padding) throws Exception {
        return api.post("/v1/commands", """
                {"application": "default/hello", "reason": "%s", "scale": {"replicas": 5}}""".formatted("x".repeat(padding))).statusCode();
    }

    /** So many get in, the others are refused at once, and once they go on, those in are answered. */
    private static void fill(int room, Callable<Integer> request, Step goOn) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ExecutorCompletionService<Integer>(callers);
            for (int i = 0; i < room + TOO_MANY; i++) {
                answers.submit(request);
            }
            for (int i = 0; i < TOO_MANY; i++) {
                // Sooner than those that wait are refused.
                var refused = answers.poll(9, TimeUnit.SECONDS);
                assertThat(refused).as("refused").isNotNull();
                assertThat(refused.get()).isEqualTo(503);
            }
            goOn.run();
            for (int i = 0; i < room; i++) {
                var answered = answers.poll(20, TimeUnit.SECONDS);
                assertThat(answered).as("answered").isNotNull();
                assertThat(answered.get()).isEqualTo(200);
            }
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
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
