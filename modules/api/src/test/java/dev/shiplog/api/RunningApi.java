package dev.shiplog.api;

import dev.shiplog.domain.Outcome;
import dev.shiplog.protocol.Reading;
import dev.shiplog.protocol.view.SealingKey;
import dev.shiplog.views.live.Changes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API on a free port, with everything behind it played by the test. */
final class RunningApi implements AutoCloseable {

    final FakeReadModel readModel = new FakeReadModel();
    final Changes changes = new Changes();
    final List<Reading.Understood> submitted = new CopyOnWriteArrayList<>();
    final List<Duration> patiences = new CopyOnWriteArrayList<>();
    final List<String> missing = new CopyOnWriteArrayList<>();
    volatile Optional<String> stale = Optional.empty();
    volatile Function<Reading.Understood, CompletableFuture<Outcome>> outcome =
            command -> CompletableFuture.completedFuture(new Outcome.Accepted(
                    1, "revision 1 goes to seoul", List.of(new Outcome.Made(1, List.of("seoul")))));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Api api;

    RunningApi() {
        this(ApiLimits.USUAL);
    }

    RunningApi(ApiLimits limits) {
        this.api = Api.start(
                "127.0.0.1",
                0,
                new Sources(
                        readModel,
                        changes,
                        (command, patience) -> {
                            submitted.add(command);
                            patiences.add(patience);
                            return outcome.apply(command).copy().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
                        },
                        () -> new SealingKey("{}", "a2V5"),
                        () -> "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"}",
                        () -> missing,
                        () -> stale),
                limits);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return post(path, "application/json", body);
    }

    HttpResponse<String> post(String path, String contentType, String body) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("content-type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    Stream stream(String path, String... headers) throws IOException, InterruptedException {
        var request = request(path).header("accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("answered " + response.statusCode() + " "
                    + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        return new Stream(response.body());
    }

    int port() {
        return api.port();
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** Its clients are still there. */
    void end() {
        api.close();
    }

    @Override
    public void close() {
        http.shutdownNow();
        api.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** Server-sent events, block by block. */
    static final class Stream implements AutoCloseable {

        private final BufferedReader lines;

        private Stream(InputStream body) {
            this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        /** The lines of the next event that has data; nothing at the end of the stream. */
        List<String> next() throws IOException {
            var block = new ArrayList<String>();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    block.add(line);
                } else if (block.stream().anyMatch(field -> field.startsWith("data:"))) {
                    return block;
                } else {
                    block.clear();
                }
            }
            return List.of();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
