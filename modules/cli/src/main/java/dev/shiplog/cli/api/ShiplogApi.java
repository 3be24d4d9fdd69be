package dev.shiplog.cli.api;

import dev.shiplog.cli.Failure;
import dev.shiplog.protocol.view.Problem;
import dev.shiplog.protocol.view.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shiplog's API over HTTP/1.1. What the server refuses, and a server that does not answer, become a {@link Failure} that
 * says what to do.
 */
public final class ShiplogApi implements AutoCloseable {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String STALE = "shiplog-stale";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Longer than the server waits for Kafka to take a command, 40 s. */
    private static final Duration HANDED_IN = Duration.ofSeconds(45);

    /** What the server answers where it can't tell whether it has handed in a command. */
    private static final String NOT_SUBMITTED = "not-submitted";

    /** A command is sent again, under the same id, where it may be lost: it takes effect once all the same. */
    private static final int SENDS_MAX = 3;

    private final URI server;
    private final HttpClient http;

    private final Consumer<String> stale;
    private volatile boolean answered;

    /** @param stale is told, once each, why what the server shows is old */
    public ShiplogApi(URI server, Consumer<String> stale) {
        var told = ConcurrentHashMap.<String>newKeySet();
        this.stale = reason -> {
            if (told.add(reason)) {
                stale.accept(reason);
            }
        };
        this.server = URI.create(server.toString().replaceAll("/+$", ""));
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (!"https".equals(server.getScheme())) {
            client.sslContext(withoutCertificates());
        }
        this.http = client.build();
    }

    /** The client wants a context even for plain HTTP; the usual one would first read all authorities: 0.1 s. */
    private static SSLContext withoutCertificates() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    public URI server() {
        return server;
    }

    /** A path of the API, each segment encoded. */
    public static String path(String... segments) {
        return Arrays.stream(segments)
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/v1/", ""));
    }

    public JsonNode get(String path) {
        var request = HttpRequest.newBuilder(at(path))
                .timeout(ANSWER)
                .header("accept", "application/json, application/problem+json")
                .build();
        var response = send(request);
        response.headers().firstValue(STALE).ifPresent(stale);
        return answer(request, response);
    }

    public <T> T get(String path, Class<T> type) {
        return read(get(path), type);
    }

    /**
     * Sends a command and waits for what becomes of it; the receipt is pending where that was not known in time.
     *
     * @param wait for the outcome, each time that it is sent
     * @param timeout after which it is not sent again
     * @return empty if the server does not know whether the command was handed in; a {@link Failure} that says so where it was
     *     lost on the way
     */
    public Optional<Receipt> submit(ObjectNode command, Duration wait, Duration timeout) {
        var request = HttpRequest.newBuilder(at("/v1/commands?wait=" + Math.max(1, wait.toSeconds()) + "s"))
                .timeout(wait.plus(HANDED_IN))
                .header("content-type", "application/json")
                .header("accept", "application/json, application/problem+json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(command)))
                .build();
        long begin = System.nanoTime();
        boolean isUnknown = false;
        boolean isLost = false;
        for (int sends = 1; ; sends++) {
            try {
                var response = exchange(request, HttpResponse.BodyHandlers.ofString());
                // Of one that was sent before, only a decision tells what became of it, not a server that is busy.
                boolean saysNothing = (isUnknown || isLost) ? response.statusCode() >= 500 : isNotSubmitted(response);
                if (!saysNothing) {
                    return Optional.of(read(answer(request, response), Receipt.class));
                }
                isUnknown = true;
                var pause = RetryAfter.of(response.headers());
                boolean isLate = System.nanoTime() - begin + pause.toNanos() > timeout.toNanos();
                if (sends == SENDS_MAX || isLate) {
                    return Optional.empty();
                }
                Thread.sleep(pause);
            } catch (ConnectException | HttpConnectTimeoutException | SSLException e) {
                return unknownOr(isLost ? lost(e) : unreachable(e), isUnknown);
            } catch (HttpTimeoutException e) {
                return unknownOr(lost(e), isUnknown);
            } catch (IOException e) {
                isLost = true;
                if (sends == SENDS_MAX) {
                    return unknownOr(lost(e), isUnknown);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static Optional<Receipt> unknownOr(Failure failure, boolean isUnknown) {
        if (isUnknown) {
            return Optional.empty();
        }
        throw failure;
    }

    private static boolean isNotSubmitted(HttpResponse<String> response) {
        return response.statusCode() == 503
                && refusal(response.request(), response.statusCode(), response.body())
                        .code()
                        .equals(NOT_SUBMITTED);
    }

    /** Opens a stream of server-sent events. */
    InputStream open(String path, @Nullable String lastEventId) throws IOException {
        var request = HttpRequest.newBuilder(at(path)).header("accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("last-event-id", lastEventId);
        }
        var built = request.build();
        try {
            var response = exchange(built, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return response.body();
            }
            try (var body = response.body()) {
                throw refusal(built, response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public static <T> T read(JsonNode json, Class<T> type) {
        try {
            return JSON.treeToValue(json, type);
        } catch (JacksonException e) {
            throw Failure.refused(
                    "the server's answer is not understood (" + e.getOriginalMessage()
                            + "); shiplog version shows whether server and command line fit together",
                    e);
        }
    }

    /** Whether anything has answered at the address until now. */
    boolean hasAnswered() {
        return answered;
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        var response = http.send(request, body);
        answered = true;
        return response;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return exchange(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static JsonNode answer(HttpRequest request, HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw refusal(request, response.statusCode(), response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw notShiplog(request, response.statusCode(), response.body());
        }
    }

    private static Failure refusal(HttpRequest request, int status, String body) {
        try {
            var problem = JSON.readValue(body, Problem.class);
            var sentence = problem.detail() == null ? problem.title() : problem.detail();
            if (sentence != null) {
                return Failure.byServer(problem.code() == null ? "" : problem.code(), sentence);
            }
        } catch (JacksonException e) {
            // No problem document: told below.
        }
        return notShiplog(request, status, body);
    }

    private static Failure notShiplog(HttpRequest request, int status, String body) {
        var first = body.lines().findFirst().orElse("");
        return Failure.refused(request.method() + " " + request.uri() + " answered " + status
                + (first.isBlank() ? "" : ": " + first.substring(0, Math.min(200, first.length())))
                + "; is that address Shiplog's? Name another with --server");
    }

    Failure unreachable(IOException cause) {
        return Failure.refused(
                "no Shiplog answers at " + server + " (" + why(cause)
                        + "); start one with ./shiplog up, or name another with --server or SHIPLOG_SERVER",
                cause);
    }

    /** The server may have taken the command before it went, or may be none at all. */
    private Failure lost(IOException cause) {
        return Failure.timeout("the connection to " + server + " was lost (" + why(cause)
                + "): it is not known whether the command was handed in; shiplog rollout history shows whether it was, before"
                + " you give it again; if Shiplog is elsewhere, name it with --server or SHIPLOG_SERVER");
    }

    /** The client wraps what happened in several layers of its own; the innermost that says something speaks. */
    private String why(IOException failure) {
        var said = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException ignored -> {
                    return "unknown host " + server.getHost();
                }
                case UnknownHostException ignored -> {
                    return "unknown host " + server.getHost();
                }
                case SSLException tls -> {
                    return "TLS: " + tls.getMessage();
                }
                case HttpConnectTimeoutException ignored -> {
                    return "no connection within " + CONNECT.toSeconds() + " s";
                }
                case HttpTimeoutException ignored -> {
                    return "no answer in time";
                }
                default -> said = cause.getMessage() == null ? said : cause.getMessage();
            }
        }
        if (!said.isEmpty()) {
            return Character.toLowerCase(said.charAt(0)) + said.substring(1);
        }
        return failure instanceof ConnectException
                ? "connection refused"
                : failure.getClass().getSimpleName();
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return Failure.refused("interrupted", e);
    }

    private URI at(String path) {
        return URI.create(server + path);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
