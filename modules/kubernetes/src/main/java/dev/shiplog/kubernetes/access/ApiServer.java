package dev.shiplog.kubernetes.access;

import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.ClusterConnection;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.BackwardsCompatibilityInterceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One API server. Calls wait for the answer, so they are made on virtual threads only. All but probes and watches keep
 * to the cluster's limits, of requests per second and of requests under way, each of which may hold a connection; a server that asks for patience gets it, up to {@link #PATIENCE}, from every caller at once.
 *
 * <p>Only what got no answer is trouble here; a refusal is an {@link Answer}, since its meaning depends on the question.
 */
public final class ApiServer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS_WHEN_THROTTLED = 3;
    private static final String JSON = "application/json";

    private final String cluster;
    private final String url;
    private final Duration requestTimeout;
    private final TokenBucket bucket;
    private final Semaphore underWay;
    private final HttpClient client;

    public ApiServer(String cluster, ClusterConnection connection, Config config, HttpClient.Factory clients) {
        this.cluster = cluster;
        this.url = config.getMasterUrl().replaceFirst("/+$", "");
        this.requestTimeout = connection.requestTimeout();
        this.bucket = new TokenBucket(connection.requestsPerSecond(), connection.burst(), System::nanoTime);
        this.underWay = new Semaphore(connection.requestsUnderWay(), true);
        this.client = clients.newBuilder(config)
                // It would answer a 404 by asking once more with the API groups of 2017.
                .addOrReplaceInterceptor(BackwardsCompatibilityInterceptor.NAME, null)
                // It would write the bodies of Secrets into the log, if somebody set the log to TRACE.
                .addOrReplaceInterceptor("HttpLogging", null)
                .build();
    }

    public String cluster() {
        return cluster;
    }

    public Answer get(String path) throws TroubleException, InterruptedException {
        return send("GET", path, JSON, null);
    }

    public Answer delete(String path, Json.Obj options) throws TroubleException, InterruptedException {
        return send("DELETE", path, JSON, dev.shiplog.domain.json.JsonText.of(options));
    }

    /** Server-side apply; the body may hold secrets and is kept nowhere. */
    public Answer apply(String path, String query, Json.Obj object) throws TroubleException, InterruptedException {
        return send(
                "PATCH",
                path + "?" + query,
                "application/apply-patch+yaml",
                dev.shiplog.domain.json.JsonText.of(object));
    }

    /** Changes the members that the patch has; refused as stale if it carries a resourceVersion that is not the present one. */
    public Answer merge(String path, String query, Json.Obj patch) throws TroubleException, InterruptedException {
        return send(
                "PATCH",
                path + "?" + query,
                "application/merge-patch+json",
                dev.shiplog.domain.json.JsonText.of(patch));
    }

    /** What is read, as JSON; trouble if it is refused. */
    public Json.Obj read(String path) throws TroubleException, InterruptedException {
        return readable(get(path));
    }

    public Json.Obj readable(Answer answer) throws TroubleException {
        if (!answer.isSuccess()) {
            throw new TroubleException(Troubles.ofRead(cluster, answer.refusal()));
        }
        return answer.json();
    }

    /** A question outside the limit, for keeping in touch. */
    public Answer probe(String path) throws TroubleException, InterruptedException {
        return await(request("GET", path, JSON, null));
    }

    private Answer send(String method, String path, String contentType, @Nullable String body)
            throws TroubleException, InterruptedException {
        underWay.acquire();
        try {
            return sendInTurn(method, path, contentType, body);
        } finally {
            underWay.release();
        }
    }

    private Answer sendInTurn(String method, String path, String contentType, @Nullable String body)
            throws TroubleException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            bucket.take();
            var answer = await(request(method, path, contentType, body));
            var pause = answer.retryAfter().orElse(Duration.ofSeconds(1));
            if (answer.code() != 429 || attempt == ATTEMPTS_WHEN_THROTTLED || pause.compareTo(PATIENCE) > 0) {
                return answer;
            }
            bucket.hold(pause.toNanos());
        }
    }

    private HttpRequest request(String method, String path, String contentType, @Nullable String body) {
        return client.newHttpRequestBuilder()
                .uri(URI.create(url + path))
                .header("Accept", JSON)
                .method(method, contentType, body)
                .timeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private Answer await(HttpRequest request) throws TroubleException, InterruptedException {
        var response = await(client.sendAsync(request, byte[].class));
        return new Answer(response.code(), retryAfter(response), response.body());
    }

    private <T> T await(CompletableFuture<T> future) throws TroubleException, InterruptedException {
        try {
            return future.get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            future.cancel(true);
            throw new TroubleException(Troubles.ofFailure(cluster, e));
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        }
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return Optional.ofNullable(response.header("Retry-After"))
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /**
     * An answer that goes on.
     *
     * @throws TroubleException if the server refuses; of kind {@code UNKNOWN} when what we ask for is {@code Expired}
     */
    public LineStream stream(String path) throws TroubleException, InterruptedException {
        var lines = new LineStream(cluster);
        var request = client.newHttpRequestBuilder()
                .uri(URI.create(url + path))
                .header("Accept", JSON)
                .forStreaming()
                .build();
        AsyncBody.Consumer<List<ByteBuffer>> consumer = (buffers, body) -> lines.received(buffers);
        var response = await(client.consumeBytes(request, consumer));
        lines.begin(response.body());
        if (response.code() >= 300) {
            try (lines) {
                var text = lines.rest(requestTimeout).collect(Collectors.joining("\n"));
                var answer = new Answer(
                        response.code(), retryAfter(response), text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                throw response.code() == 410
                        ? new TroubleException(
                                Kind.UNKNOWN,
                                "cluster " + cluster + ": " + answer.refusal().message())
                        : new TroubleException(Troubles.ofRead(cluster, answer.refusal()));
            }
        }
        return lines;
    }

    @Override
    public void close() {
        client.close();
    }
}
