package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Authorizer;
import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.apply.Ownership;
import dev.shiplog.localcluster.defaults.Defaults;
import dev.shiplog.localcluster.defaults.ServiceAddresses;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import dev.shiplog.localcluster.watch.History;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** Listens on loopback, gathers each request and hands it to the cluster's thread. */
public final class ApiServer {
    static final int MOST_BODY_BYTES = 3_145_728;
    private static final int MOST_HEADER_BYTES = 65_536;
    private static final int REMEMBERED_CHANGES = 1_000;

    private final Timers timers;
    private final HttpServer server;
    private final Api api;
    private final History history;

    private ApiServer(Timers timers, HttpServer server, Api api, History history) {
        this.timers = timers;
        this.server = server;
        this.api = api;
        this.history = history;
    }

    /** To be called on the cluster's thread, before controllers are attached: it sets the store's rules. */
    public static ApiServer of(Vertx vertx, Store store, Timers timers, Tokens tokens) {
        Ownership ownership = new Ownership(store::timestamp);
        store.ownership(ownership);
        store.admit((kind, candidate) -> Namespaces.admit(store, kind, candidate));
        store.admit((kind, candidate) -> kind.equals(Kinds.POD) ? Defaults.pod(candidate) : candidate);
        Backend backend = new Backend(
                store,
                timers,
                new History(store, REMEMBERED_CHANGES),
                ownership,
                new ServiceAddresses(store),
                tokens,
                new Authorizer(store));
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setHost("127.0.0.1")
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxInitialLineLength(MOST_HEADER_BYTES)
                .setCompressionSupported(false));
        return new ApiServer(timers, server, new Api(backend), backend.history());
    }

    /** Done when it answers; gives the port. What happened before, a watch cannot resume. */
    public Future<Integer> listen(int port) {
        timers.execute(history::forget);
        return server.requestHandler(this::receive).listen(port, "127.0.0.1").map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void receive(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        boolean[] tooLarge = {false};
        request.exceptionHandler(ignored -> {});
        request.response().exceptionHandler(ignored -> {});
        request.handler(chunk -> {
            if (body.length() + chunk.length() > MOST_BODY_BYTES) {
                tooLarge[0] = true;
            } else if (!tooLarge[0]) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(ignored -> {
            Call call = new Call(request, body);
            if (tooLarge[0]) {
                call.refuse(StatusException.of(
                        413, "RequestEntityTooLarge", "Request entity too large: limit is " + MOST_BODY_BYTES));
            } else {
                timers.execute(() -> api.answer(call));
            }
        });
    }
}
