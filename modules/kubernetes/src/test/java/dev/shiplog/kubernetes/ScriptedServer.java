package dev.shiplog.kubernetes;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Answers each request with the next line of its script, and remembers what was asked. */
public final class ScriptedServer implements AutoCloseable {

    private record Reply(int code, String body, Optional<String> retryAfter) {}

    private final Queue<Reply> script = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final HttpServer server;

    public ScriptedServer(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    request.bodyHandler(body -> {
                        var reply = next(request.method() + " " + request.uri() + " " + body);
                        reply.retryAfter()
                                .ifPresent(seconds -> request.response().putHeader("Retry-After", seconds));
                        request.response().setStatusCode(reply.code()).end(reply.body());
                    });
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    public ScriptedServer then(int code, String body) {
        return then(new Reply(code, body, Optional.empty()));
    }

    public ScriptedServer thenTooBusyFor(int seconds) {
        return then(new Reply(429, "Too many requests, please try again later.", Optional.of("" + seconds)));
    }

    private synchronized ScriptedServer then(Reply reply) {
        script.add(reply);
        return this;
    }

    private synchronized Reply next(String question) {
        asked.add(question);
        var reply = script.poll();
        return reply == null ? new Reply(418, "the script has ended", Optional.empty()) : reply;
    }

    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    public ClusterConnection connection() {
        return new ClusterConnection(new ClusterConnection.Access.Bearer(
                "http://127.0.0.1:" + server.actualPort(), Optional.of("token"), Optional.empty()));
    }

    @Override
    public void close() {
        server.close().await();
    }
}
