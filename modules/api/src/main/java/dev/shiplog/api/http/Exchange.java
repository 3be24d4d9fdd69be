package dev.shiplog.api.http;

import dev.shiplog.protocol.view.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, as seen from a thread that may block. Each part of a long answer is written once the one
 * before it has left, so that a slow reader costs no memory; one who reads nothing for long is left.
 */
public final class Exchange {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final long WRITE_SECONDS = 30;

    private final RoutingContext routing;
    private final Context eventLoop;

    Exchange(RoutingContext routing, Context eventLoop) {
        this.routing = routing;
        this.eventLoop = eventLoop;
    }

    public String path(String parameter) {
        return Optional.ofNullable(routing.pathParam(parameter)).orElse("");
    }

    /** A parameter of the query; empty where it is absent or says nothing. */
    public Optional<String> query(String parameter) {
        return Optional.ofNullable(routing.request().getParam(parameter)).filter(text -> !text.isBlank());
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(routing.request().getHeader(name));
    }

    public byte[] body() {
        var body = routing.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /** Whether the client asks for server-sent events. */
    public static boolean wantsStream(HttpServerRequest request) {
        var accepted = request.getHeader("accept");
        return accepted != null && accepted.contains("text/event-stream");
    }

    public void json(Object view) {
        send(200, "application/json", Wire.json(view));
    }

    public void json(int status, Object view) {
        send(status, "application/json", Wire.json(view));
    }

    public void text(int status, String contentType, String text) {
        send(status, contentType, text);
    }

    public void redirect(String location) {
        onEventLoop(() ->
                response().setStatusCode(302).putHeader("location", location).end());
    }

    void problem(Problem problem) {
        problem(problem, response(), routing.request());
    }

    static void problem(Problem problem, HttpServerResponse response, HttpServerRequest request) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            // Half an answer must not look like a whole one.
            request.connection().close();
            return;
        }
        if (problem.status() == 503) {
            response.putHeader("retry-after", "1");
        }
        response.setStatusCode(problem.status())
                .putHeader("content-type", "application/problem+json")
                .end(Wire.json(problem));
    }

    private void send(int status, String contentType, String text) {
        onEventLoop(() -> {
            if (!response().ended() && !response().closed()) {
                response()
                        .setStatusCode(status)
                        .putHeader("content-type", contentType)
                        .end(text);
            }
        });
    }

    /** Begins an answer of unknown length. */
    void begin(String contentType) {
        onEventLoop(() -> response()
                .setChunked(true)
                .putHeader("content-type", contentType)
                .putHeader("cache-control", "no-store"));
    }

    /** Writes a part, and waits until it has left. */
    void write(String part) throws IOException, InterruptedException {
        await(() -> response().write(Buffer.buffer(part)));
    }

    void end() throws IOException, InterruptedException {
        await(() -> response().end());
    }

    void onClose(Runnable then) {
        onEventLoop(() -> {
            if (response().closed()) {
                then.run();
            } else {
                response().closeHandler(closed -> then.run());
            }
        });
    }

    /** Whether it will be done: not once the server has ended. */
    boolean onEventLoop(Runnable work) {
        try {
            eventLoop.runOnContext(ignored -> work.run());
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("The server has ended before an answer was given");
            return false;
        }
    }

    private void await(Supplier<Future<Void>> writing) throws IOException, InterruptedException {
        Promise<Void> written = Promise.promise();
        boolean begun = onEventLoop(() -> {
            if (response().closed() || response().ended()) {
                written.fail(new IOException("the client is gone"));
            } else {
                writing.get().onComplete(written);
            }
        });
        if (!begun) {
            throw new IOException("the server has ended");
        }
        try {
            written.future().toCompletionStage().toCompletableFuture().get(WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            onEventLoop(() -> routing.request().connection().close());
            throw new IOException("the client does not read", e);
        }
    }

    RoutingContext routing() {
        return routing;
    }

    private HttpServerResponse response() {
        return routing.response();
    }
}
