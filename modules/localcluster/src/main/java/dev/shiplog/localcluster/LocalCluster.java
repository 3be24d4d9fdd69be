package dev.shiplog.localcluster;

import dev.shiplog.localcluster.ClusterSettings.NodeSettings;
import dev.shiplog.localcluster.access.Caller;
import dev.shiplog.localcluster.access.Tokens;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Controllers;
import dev.shiplog.localcluster.faults.Faults;
import dev.shiplog.localcluster.http.ApiServer;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.store.FileJournal;
import dev.shiplog.localcluster.store.Journal;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.LoopTimers;
import dev.shiplog.localcluster.time.Timers;
import dev.shiplog.localcluster.tls.Identity;
import dev.shiplog.localcluster.traffic.Traffic;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small Kubernetes in this JVM: an API server on a loopback port and the controllers behind it.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.named("eu-1").start()) {
 *     Files.writeString(file, cluster.kubeconfig());
 * }
 * }</pre>
 */
public final class LocalCluster implements AutoCloseable {
    private final ClusterSettings settings;
    private final Vertx vertx;
    private final boolean ownsVertx;
    private final Timers timers;
    private final List<Controller> controllers;
    private final @Nullable Journal journal;
    private final Store store;
    private final @Nullable Identity identity;
    private final Tokens tokens = new Tokens();
    private final Connectivity connectivity = new Connectivity();
    private @Nullable ApiServer server;
    private final Traffic traffic;
    private int port;
    private int trafficPort = -1;

    private LocalCluster(Builder builder) {
        this.settings = builder.settings();
        this.ownsVertx = builder.vertx == null;
        this.vertx = builder.vertx == null ? ownVertx() : builder.vertx;
        this.timers = builder.timers == null ? new LoopTimers(OwnContext.in(vertx)) : builder.timers;
        this.controllers = new ArrayList<>(Controllers.standard(settings, connectivity));
        this.controllers.addAll(builder.controllers);
        this.journal = settings.dataFolder() == null ? null : new FileJournal(settings.dataFolder());
        this.identity = settings.tls() ? Identity.in(settings.dataFolder(), settings.name()) : null;
        this.store = new Store(timers, settings.seed(), journal);
        settings.tokens().forEach(token -> tokens.grant(token, Caller.ADMIN));
        this.traffic = new Traffic(vertx, store, timers, connectivity, settings.seed());
    }

    /** It reads no file through Vert.x, whose cache of files would stay behind a JVM that is killed. */
    private static Vertx ownVertx() {
        return Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    /** Returns once the API answers. */
    public LocalCluster start() {
        ApiServer started = onLoop(() -> {
            ApiServer api = ApiServer.of(
                    vertx, store, timers, tokens, connectivity, settings.kinds(), identity, settings.seed());
            controllers.forEach(controller -> controller.attach(store, timers));
            return api;
        });
        server = started;
        port = started.listen(settings.apiPort()).await();
        if (settings.trafficPort() >= 0) {
            trafficPort = traffic.listen(settings.trafficPort()).await();
        }
        return this;
    }

    /** Where the API answers: {@code http://127.0.0.1:34567}, or {@code https:} with TLS. */
    public String url() {
        return (identity == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** Where its Services answer, each under its namespace and name: {@code http://127.0.0.1:34568/default/hello/}. */
    public String trafficUrl() {
        return "http://127.0.0.1:" + trafficPort;
    }

    /** What answers for the pods of Services. */
    public Traffic traffic() {
        return traffic;
    }

    /** For kubectl and every other client. */
    public String kubeconfig() {
        String token =
                settings.tokens().isEmpty() ? "anybody" : settings.tokens().get(0);
        return Kubeconfig.of(settings.name(), url(), token, identity);
    }

    public String name() {
        return settings.name();
    }

    public Timers timers() {
        return timers;
    }

    /** Runs something with the store on the cluster's thread and waits for what it returns. */
    public <T> T onLoop(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        timers.execute(() -> {
            try {
                done.complete(work.get());
            } catch (RuntimeException | Error failure) {
                done.completeExceptionally(failure);
            }
        });
        return done.join();
    }

    /** What goes wrong on purpose, once the cluster has started; also under {@code /_faults} of its address. */
    public Faults faults() {
        if (server == null) {
            throw new IllegalStateException(name() + " has not been started");
        }
        return server.faults();
    }

    /** Who is let in; may be changed while the cluster runs. */
    public Tokens tokens() {
        return tokens;
    }

    /** To be used on the cluster's thread only ({@link #onLoop}). */
    public Store store() {
        return store;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close().await();
        }
        traffic.close().await();
        onLoop(() -> {
            timers.stop();
            if (journal != null) {
                journal.close();
            }
            return settings;
        });
        if (ownsVertx) {
            vertx.close().await();
        }
    }

    /** The settings of a cluster that is to be started; everything but the name has a default. */
    public static final class Builder {
        private final String name;
        private List<NodeSettings> nodes = List.of(
                new NodeSettings("node-1", "32", "128Gi", "local", "zone-1"),
                new NodeSettings("node-2", "32", "128Gi", "local", "zone-2"),
                new NodeSettings("node-3", "32", "128Gi", "local", "zone-3"));
        private Duration timeToReady = Duration.ofSeconds(1);
        private @Nullable Path dataFolder;
        private int apiPort;
        private int trafficPort;
        private List<String> tokens = List.of();
        private boolean gatewayApi;
        private boolean tls;
        private long seed = 1;
        private @Nullable Vertx vertx;
        private @Nullable Timers timers;
        private final List<Controller> controllers = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        public Builder nodes(List<NodeSettings> theseNodes) {
            this.nodes = List.copyOf(theseNodes);
            return this;
        }

        public Builder timeToReady(Duration fromBinding) {
            this.timeToReady = fromBinding;
            return this;
        }

        /** Objects are kept here and are back after a restart. */
        public Builder dataFolder(Path folder) {
            this.dataFolder = folder;
            return this;
        }

        public Builder apiPort(int port) {
            this.apiPort = port;
            return this;
        }

        public Builder trafficPort(int port) {
            this.trafficPort = port;
            return this;
        }

        public Builder tokens(String... accepted) {
            this.tokens = List.of(accepted);
            return this;
        }

        /** Answers over HTTPS only, with a certificate of its own, which the kubeconfig tells clients to trust. */
        public Builder tls() {
            this.tls = true;
            return this;
        }

        /** Serves HTTPRoutes too, which {@link Traffic} honours. */
        public Builder gatewayApi() {
            this.gatewayApi = true;
            return this;
        }

        public Builder seed(long ofNamesAndUids) {
            this.seed = ofNamesAndUids;
            return this;
        }

        /** Shared with other clusters, and not closed by this one. */
        public Builder vertx(Vertx shared) {
            this.vertx = shared;
            return this;
        }

        /** Time that a test drives; otherwise it is real. */
        public Builder timers(Timers driven) {
            this.timers = driven;
            return this;
        }

        /** Attached after the standard ones. */
        public Builder controller(Controller another) {
            this.controllers.add(another);
            return this;
        }

        public LocalCluster start() {
            return new LocalCluster(this).start();
        }

        private ClusterSettings settings() {
            return new ClusterSettings(
                    name, nodes, timeToReady, dataFolder, apiPort, trafficPort, tokens, gatewayApi, tls, seed);
        }
    }
}
