package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.access.Authorizer;
import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.apply.Ownership;
import dev.shiplog.localcluster.defaults.Defaults;
import dev.shiplog.localcluster.defaults.ServiceAddresses;
import dev.shiplog.localcluster.faults.FaultSettings;
import dev.shiplog.localcluster.faults.Faults;
import dev.shiplog.localcluster.faults.FaultsByHttp;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import dev.shiplog.localcluster.tls.Identity;
import dev.shiplog.localcluster.watch.History;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listens on loopback, gathers each request and hands it to the cluster's thread. */
public final class ApiServer {
    static final int MOST_BODY_BYTES = 3_145_728;
    private static final int MOST_HEADER_BYTES = 65_536;
    private static final int REMEMBERED_CHANGES = 1_000;

    private final Timers timers;
    private final HttpServer server;
    private final Api api;
    private final History history;
    private final Faults faults;
    private final FaultsByHttp admin;

    private ApiServer(Timers timers, HttpServer server, Api api, History history, Faults faults) {
        this.timers = timers;
        this.server = server;
        this.api = api;
        this.history = history;
        this.faults = faults;
        this.admin = new FaultsByHttp(faults);
    }

    /** To be called on the cluster's thread, before controllers are attached: it sets the store's rules. */
    public static ApiServer of(
            Vertx vertx,
            Store store,
            Timers timers,
            Tokens tokens,
            Connectivity connectivity,
            List<Kind> kinds,
            @Nullable Identity identity,
            long seed) {
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
                new Authorizer(store),
                kinds);
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setMaxInitialLineLength(MOST_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false);
        if (identity != null) {
            options.setSsl(true)
                    .setUseAlpn(false)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(identity.certificate()))
                            .addKeyValue(Buffer.buffer(identity.key())));
        }
        HttpServer server = vertx.createHttpServer(options);
        Api api = new Api(backend);
        Faults faults = new Faults(store, timers, tokens, connectivity, api.streams(), seed);
        return new ApiServer(timers, server, api, backend.history(), faults);
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
            Api.guarded(call, () -> dispatch(call, tooLarge[0]));
        });
    }

    private void dispatch(Call call, boolean tooLarge) {
        if (tooLarge) {
            throw StatusException.of(
                    413, "RequestEntityTooLarge", "Request entity too large: limit is " + MOST_BODY_BYTES);
        }
        call.checkAddress();
        if (call.path().startsWith("/_faults")) {
            timers.execute(() -> Api.guarded(call, () -> administer(call)));
        } else {
            answer(call);
        }
    }

    private void answer(Call call) {
        FaultSettings settings = faults.settings();
        switch (faults.strike(call.path())) {
            case TOO_MANY_REQUESTS -> {
                call.response().putHeader("Retry-After", Integer.toString(settings.retryAfterSeconds()));
                call.answer(429, "text/plain; charset=utf-8", "Too many requests, please try again later.");
            }
            case INTERNAL_ERROR ->
                call.refuse(StatusException.of(500, "InternalError", "Internal error occurred: injected"));
            case UNAVAILABLE ->
                call.refuse(StatusException.of(
                        503, "ServiceUnavailable", "the server is currently unable to handle the request"));
            case DROPPED -> call.drop();
            case HUNG -> {}
            case NONE -> {
                if (settings.latency().isZero()) {
                    timers.execute(() -> api.answer(call));
                } else {
                    timers.schedule(settings.latency(), () -> api.answer(call));
                }
            }
        }
    }

    private void administer(Call call) {
        try {
            admin.administer(call.method(), call.path(), call.bodyText())
                    .ifPresentOrElse(
                            answer -> call.answer(200, answer),
                            () -> call.answer(404, "text/plain; charset=utf-8", "404 page not found\n"));
        } catch (IllegalArgumentException notUnderstood) {
            call.refuse(StatusException.badRequest(String.valueOf(notUnderstood.getMessage())));
        }
    }

    /** What may go wrong on purpose. */
    public Faults faults() {
        return faults;
    }
}
