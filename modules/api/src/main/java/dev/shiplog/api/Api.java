package dev.shiplog.api;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server. It is there when {@link #start} returns, and gone when {@link #close} does. */
public final class Api implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;
    private static final int HEADER_BYTES_MAX = 16 * 1024;

    /** More than anybody may wait for the outcome of a command, in silence. */
    private static final int IDLE_SECONDS = 11 * 60;

    /** For what waits to be told that the server ends. */
    private static final int LAST_WORDS_SECONDS = 2;

    private final Vertx vertx;
    private final HttpServer server;
    private final Routes routes;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Api(Vertx vertx, HttpServer server, Routes routes) {
        this.vertx = vertx;
        this.server = server;
        this.routes = routes;
    }

    /**
     * @param host the address to listen on; on a loopback address, only names of this machine are answered to
     * @param port 0: any that is free
     * @throws UncheckedIOException if the port is taken
     */
    public static Api start(String host, int port, Sources sources, ApiLimits limits) {
        var vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        var routes = new Routes(vertx, sources, limits, isLoopback(host));
        try {
            var server = vertx.createHttpServer(new HttpServerOptions()
                            .setMaxHeaderSize(HEADER_BYTES_MAX)
                            .setIdleTimeout(IDLE_SECONDS)
                            // Clients that ask for it, as Java's own does, met a broken frame instead of an answer now
                            // and then.
                            .setHttp2ClearTextEnabled(false))
                    .connectionHandler(atMost(limits.connections()))
                    .requestHandler(routes.router())
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new Api(vertx, server, routes);
        } catch (CompletionException e) {
            routes.close();
            vertx.close();
            if (e.getCause() instanceof BindException) {
                throw new UncheckedIOException(new IOException(
                        "cannot listen on " + host + ":" + port + ": "
                                + e.getCause().getMessage(),
                        e.getCause()));
            }
            throw e;
        }
    }

    public int port() {
        return server.actualPort();
    }

    /** Requests in hand are broken off; their clients are told to come back. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        routes.close();
        server.shutdown(LAST_WORDS_SECONDS, TimeUnit.SECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Handler<HttpConnection> atMost(int connections) {
        var open = new AtomicInteger();
        return connection -> {
            if (open.incrementAndGet() > connections) {
                open.decrementAndGet();
                connection.close();
            } else {
                connection.closeHandler(closed -> open.decrementAndGet());
            }
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
