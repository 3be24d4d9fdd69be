package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.json.Json;
import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Backoff;
import dev.shiplog.kubernetes.access.LineStream;
import dev.shiplog.kubernetes.json.JsonReader;
import dev.shiplog.kubernetes.trouble.TroubleException;
import dev.shiplog.kubernetes.trouble.Troubles;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the objects of one kind that Shiplog manages, for ever: lists them, then watches from the list's version on.
 *
 * <p>A watch that ends in good order goes on from the last version seen. After anything else, be it a lost connection, an
 * {@code Expired} or a silence longer than the server's bookmarks allow, all is listed anew: a server that has lost its
 * memory, or all its objects, would let a watch from an old version run on without a word.
 *
 * <p>fabric8's informers do as much, but don't say when they are out of touch, and keep whole objects.
 */
final class KindWatch {

    private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);

    /** Where what is seen goes. Each may wait until there is room for it; meanwhile nothing more is read. */
    interface Follower {
        void listed(KindWatch watch, Listing listing) throws InterruptedException;

        void changed(ObjectId id, Optional<Shown> shown, long version) throws InterruptedException;

        /** In touch: listed, and watching. */
        void inTouch(KindWatch watch) throws InterruptedException;

        void outOfTouch(KindWatch watch, Trouble trouble) throws InterruptedException;
    }

    private static final String SELECTOR =
            URLEncoder.encode("app.kubernetes.io/managed-by=shiplog", StandardCharsets.UTF_8);
    private static final int PAGE = 500;
    private static final int SHORTEST_WATCH_SECONDS = 240;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ApiServer server;
    private final WatchedKind kind;
    private final Optional<String> namespace;
    private final Follower follower;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private volatile @Nullable LineStream stream;
    private volatile boolean doubtful;

    KindWatch(
            ApiServer server,
            WatchedKind kind,
            Optional<String> namespace,
            Follower follower,
            InstantSource clock,
            RandomGenerator chance) {
        this.server = server;
        this.kind = kind;
        this.namespace = namespace;
        this.follower = follower;
        this.clock = clock;
        this.chance = chance;
    }

    /** Returns only by interruption. */
    void run() throws InterruptedException {
        var backoff = new Backoff(chance);
        var version = Optional.<String>empty();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (version.isEmpty() || doubtful) {
                    doubtful = false;
                    version = Optional.of(list());
                }
                long began = System.nanoTime();
                version = watch(version.get());
                boolean wasShort =
                        System.nanoTime() - began < Duration.ofSeconds(1).toNanos();
                if (wasShort) {
                    Thread.sleep(backoff.next());
                } else {
                    backoff.reset();
                }
            } catch (TroubleException e) {
                version = Optional.empty();
                follower.outOfTouch(this, e.trouble());
                Thread.sleep(backoff.next());
            } catch (RuntimeException e) {
                LOG.error("The watch of {} in cluster {} stumbled and begins anew", this, server.cluster(), e);
                version = Optional.empty();
                follower.outOfTouch(this, Troubles.ofOwnFault(server.cluster(), e));
                Thread.sleep(backoff.next());
            }
        }
    }

    /** The connection was lost and is back: what this watch hangs on may be dead without knowing. */
    void doubt() {
        doubtful = true;
        var present = stream;
        if (present != null) {
            present.stop();
        }
    }

    private String list() throws TroubleException, InterruptedException {
        var objects = new LinkedHashMap<ObjectId, Shown>();
        var askedAt = clock.instant();
        var next = "";
        Json.Obj list;
        do {
            list = server.read(kind.path(namespace) + "?labelSelector=" + SELECTOR + "&limit=" + PAGE + next);
            for (var item : list.list("items")) {
                if (item instanceof Json.Obj object) {
                    kind.shown(object).ifPresent(shown -> objects.put(ObjectId.of(kind, object), shown));
                }
            }
            next = list.object("metadata")
                    .text("continue")
                    .filter(token -> !token.isEmpty())
                    .map(token -> "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                    .orElse("");
        } while (!next.isEmpty());
        follower.listed(this, new Listing(objects, askedAt, ObjectId.version(list)));
        return list.object("metadata").text("resourceVersion").orElse("");
    }

    /** Follows until the watch ends; the version to go on from, or empty to list anew. */
    private Optional<String> watch(String from) throws TroubleException, InterruptedException {
        int seconds = SHORTEST_WATCH_SECONDS + chance.nextInt(SHORTEST_WATCH_SECONDS / 2);
        var path = kind.path(namespace) + "?labelSelector=" + SELECTOR
                + "&watch=1&allowWatchBookmarks=true&timeoutSeconds=" + seconds + "&resourceVersion=" + from;
        try (var lines = server.stream(path)) {
            stream = lines;
            follower.inTouch(this);
            var version = Optional.of(from);
            var patience = Duration.ofSeconds(seconds).plus(GRACE);
            for (var line = lines.next(patience); line.isPresent(); line = lines.next(patience)) {
                version = received(JsonReader.read(line.get()).orElse(Json.EMPTY));
                if (version.isEmpty()) {
                    return version;
                }
            }
            return version;
        } finally {
            stream = null;
        }
    }

    private Optional<String> received(Json.Obj event) throws InterruptedException {
        var object = event.object("object");
        var version = object.object("metadata").text("resourceVersion");
        switch (event.text("type").orElse("")) {
            case "ADDED", "MODIFIED" ->
                follower.changed(ObjectId.of(kind, object), kind.shown(object), ObjectId.version(object));
            case "DELETED" -> follower.changed(ObjectId.of(kind, object), Optional.empty(), ObjectId.version(object));
            case "BOOKMARK" -> {
                // Only its version matters.
            }
            default -> {
                return Optional.empty();
            }
        }
        return version;
    }

    WatchedKind kind() {
        return kind;
    }

    Optional<String> namespace() {
        return namespace;
    }

    @Override
    public String toString() {
        return kind.plural() + namespace.map(name -> " in " + name).orElse("");
    }
}
