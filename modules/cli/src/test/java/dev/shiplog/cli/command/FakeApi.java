package dev.shiplog.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.shiplog.cli.api.ShiplogApi;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.protocol.view.Problem;
import dev.shiplog.protocol.view.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Shiplog's API with answers laid down beforehand, over real HTTP on a free port; it keeps the commands it was given. */
final class FakeApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, List<List<String>>> streams = new ConcurrentHashMap<>();
    private final List<JsonNode> commands = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int refusalStatus;
    private volatile String refusal = "";
    private volatile String stale = "";
    private volatile UnaryOperator<Receipt> receipt = UnaryOperator.identity();
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();

    /** What the next command meets, whatever is answered after it; no status: its connection is cut without an answer. */
    private record Mishap(int status, String code, String retryAfter) {}

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<JsonNode> commands() {
        return commands;
    }

    FakeApi shows(String path, Object view) {
        answers.put(path, ShiplogApi.JSON.writeValueAsString(view));
        return this;
    }

    FakeApi showsItems(String path, Object... views) {
        return shows(path, Map.of("items", views));
    }

    FakeApi refusesCommands(int status, String code, String sentence) {
        refusalStatus = status;
        refusal = problem(status, code, sentence);
        return this;
    }

    FakeApi receipts(UnaryOperator<Receipt> change) {
        receipt = change;
        return this;
    }

    /** The connection of the next commands is cut without an answer, after they were taken in. */
    FakeApi breaksOffCommands(int count) {
        for (int command = 0; command < count; command++) {
            mishaps.add(new Mishap(0, "", ""));
        }
        return this;
    }

    /** The next command is answered so, after it was taken in, and after the mishaps asked for before. */
    FakeApi failsCommand(int status, String code, String retryAfter) {
        mishaps.add(new Mishap(status, code, retryAfter));
        return this;
    }

    /** Streams these sightings at the next connection, then ends it; the last connection is held open. */
    FakeApi streams(String app, AppView... sightings) {
        var events = java.util.Arrays.stream(sightings)
                .map(view -> "event: app\ndata: " + ShiplogApi.JSON.writeValueAsString(view) + "\n\n")
                .toList();
        streams.computeIfAbsent("/v1/apps/default/" + app + "/watch", path -> new CopyOnWriteArrayList<>())
                .add(events);
        return this;
    }

    FakeApi streamsDeletion(String app) {
        streams.computeIfAbsent("/v1/apps/default/" + app + "/watch", path -> new CopyOnWriteArrayList<>())
                .add(List.of(": keep-alive\n\n", "event: deleted\ndata: {}\n\n"));
        return this;
    }

    /** Everything that is shown is old from now on. */
    FakeApi isStale(String reason) {
        stale = reason;
        return this;
    }

    /** Streams that what is shown is old, and then the application, at the next connection. */
    FakeApi streamsStale(String app, String reason, AppView view) {
        streams.computeIfAbsent("/v1/apps/default/" + app + "/watch", path -> new CopyOnWriteArrayList<>())
                .add(List.of(
                        "event: stale\ndata: " + ShiplogApi.JSON.writeValueAsString(Map.of("reason", reason)) + "\n\n",
                        "event: app\ndata: " + ShiplogApi.JSON.writeValueAsString(view) + "\n\n"));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!stale.isEmpty()) {
                exchange.getResponseHeaders().add("shiplog-stale", stale);
            }
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/v1/commands")) {
                command(exchange);
            } else if (streams.containsKey(path)) {
                stream(exchange, streams.get(path));
            } else if (answers.containsKey(exchange.getRequestURI().toString())) {
                send(exchange, 200, answers.get(exchange.getRequestURI().toString()));
            } else if (answers.containsKey(path)) {
                send(exchange, 200, answers.get(path));
            } else {
                var code = path.startsWith("/v1/apps/") ? "unknown-application" : "unknown";
                send(exchange, 404, problem(404, code, "nothing is known of " + path));
            }
        }
    }

    private void command(HttpExchange exchange) throws IOException {
        var command = ShiplogApi.JSON.readTree(exchange.getRequestBody().readAllBytes());
        commands.add(command);
        var mishap = mishaps.poll();
        if (mishap != null) {
            if (mishap.status() != 0) {
                exchange.getResponseHeaders().add("retry-after", mishap.retryAfter());
                send(exchange, mishap.status(), problem(mishap.status(), mishap.code(), "told by " + mishap.code()));
            }
            return;
        }
        if (refusalStatus != 0) {
            send(exchange, refusalStatus, refusal);
            return;
        }
        var accepted = receipt.apply(new Receipt(
                command.path("id").asString(""),
                "cli",
                command.path("application").asString(""),
                "accepted",
                1,
                List.of(),
                "",
                ""));
        send(exchange, accepted.status().equals("pending") ? 202 : 200, ShiplogApi.JSON.writeValueAsString(accepted));
    }

    private void stream(HttpExchange exchange, List<List<String>> connections) throws IOException {
        exchange.getResponseHeaders().add("content-type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        boolean last = connections.size() == 1;
        var events = last ? connections.getFirst() : connections.removeFirst();
        for (var event : events) {
            exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        }
        if (last) {
            awaitClose();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("content-type", status < 300 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String problem(int status, String code, String sentence) {
        return ShiplogApi.JSON.writeValueAsString(new Problem("about:blank", "Refused", status, sentence, code));
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
