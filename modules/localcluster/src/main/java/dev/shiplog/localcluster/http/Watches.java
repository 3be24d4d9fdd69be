package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.table.Tables;
import dev.shiplog.localcluster.time.Timers.Scheduled;
import dev.shiplog.localcluster.watch.Watch;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The open watches of a cluster. */
final class Watches {
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(60);
    private static final Duration LAST_BOOKMARK_BEFORE_END = Duration.ofSeconds(2);
    private static final long DEFAULT_TIMEOUT_SECONDS = 2_700;
    private static final int BUFFER_BYTES = 1 << 20;

    private final Backend backend;
    private final Set<Open> open = new LinkedHashSet<>();

    private record Open(Watch watch, List<Scheduled> timers) {}

    Watches(Backend backend) {
        this.backend = backend;
        backend.store().subscribe(change -> List.copyOf(open).forEach(each -> each.watch.changed(change)));
    }

    void open(Call call, Target target) {
        Form.checkStream(call);
        ListOptions options = ListOptions.of(call.query(), target);
        long from = options.version();
        // Before the head is written: what is refused must be said in it.
        Duration timeout = timeout(call);
        boolean streamingList = call.query().flag("sendInitialEvents");
        HttpServerResponse response = call.response();
        response.setChunked(true)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-cache, private")
                .setWriteQueueMaxSize(BUFFER_BYTES);
        response.writeHead();
        Watch watch = new Watch(target.served(), options.selection(), sink(response), presentation(call, target));
        if (from > 0 && !streamingList && !backend.history().knows(from)) {
            watch.fail(StatusException.of(
                            410,
                            "Expired",
                            "too old resource version: " + from + " ("
                                    + backend.history().oldest() + ")")
                    .status());
            return;
        }
        if (from == 0 || streamingList) {
            var present = target.namespace().isEmpty()
                    ? backend.store().list(target.kind())
                    : backend.store().list(target.kind(), target.namespace());
            present.forEach(watch::initial);
            if (streamingList) {
                watch.bookmark(backend.store().resourceVersion(), true);
            }
        } else {
            for (Change change : backend.history().since(from)) {
                watch.changed(change);
            }
        }
        keep(call, watch, timeout);
    }

    private static Duration timeout(Call call) {
        long asked = ListOptions.number("timeoutSeconds", call.query().get("timeoutSeconds"));
        return Duration.ofSeconds(asked > 0 ? asked : DEFAULT_TIMEOUT_SECONDS);
    }

    private void keep(Call call, Watch watch, Duration timeout) {
        Open entry = new Open(watch, new ArrayList<>());
        if (watch.hasEnded()) {
            return;
        }
        open.add(entry);
        HttpServerResponse response = call.response();
        response.drainHandler(ignored -> backend.timers().execute(watch::drain));
        response.closeHandler(ignored -> backend.timers().execute(() -> close(entry)));
        response.exceptionHandler(ignored -> backend.timers().execute(() -> close(entry)));
        entry.timers.add(backend.timers().schedule(timeout, () -> {
            watch.end();
            close(entry);
        }));
        if (call.query().flag("allowWatchBookmarks")) {
            scheduleBookmark(entry, BOOKMARK_EVERY);
            if (timeout.compareTo(LAST_BOOKMARK_BEFORE_END) > 0) {
                entry.timers.add(
                        backend.timers().schedule(timeout.minus(LAST_BOOKMARK_BEFORE_END), () -> bookmark(entry)));
            }
        }
    }

    private void scheduleBookmark(Open entry, Duration in) {
        entry.timers.add(backend.timers().schedule(in, () -> {
            if (open.contains(entry)) {
                bookmark(entry);
                scheduleBookmark(entry, in);
            }
        }));
    }

    private void bookmark(Open entry) {
        entry.watch.bookmark(backend.store().resourceVersion(), false);
    }

    private void close(Open entry) {
        entry.watch.abandon();
        entry.timers.forEach(Scheduled::cancel);
        open.remove(entry);
    }

    /** Ends all of them, as when the server goes down in order. */
    void cut() {
        for (Open entry : List.copyOf(open)) {
            entry.watch.end();
            close(entry);
        }
    }

    private UnaryOperator<ObjectNode> presentation(Call call, Target target) {
        if (!Tables.wanted(call.header("Accept"))) {
            return target::shown;
        }
        String include = call.query().get("includeObject");
        boolean[] first = {true};
        return object -> {
            ObjectNode table = Tables.of(
                    target.kind(),
                    List.of(object),
                    Json.object(),
                    include,
                    backend.timers().now());
            ObjectNode presented = first[0] ? table : Json.with(table, Json.array(), "columnDefinitions");
            first[0] = false;
            return presented;
        };
    }

    private static Watch.Sink sink(HttpServerResponse response) {
        return new Watch.Sink() {
            @Override
            public boolean isFull() {
                return response.writeQueueFull();
            }

            @Override
            public void line(String json) {
                if (!response.ended() && !response.closed()) {
                    response.write(json);
                }
            }

            @Override
            public void end() {
                if (!response.ended() && !response.closed()) {
                    response.end();
                }
            }
        };
    }
}
