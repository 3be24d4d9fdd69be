package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.table.Tables;
import dev.shiplog.localcluster.watch.History;
import dev.shiplog.localcluster.watch.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Get and list. */
final class Reads {
    private static final Duration WAIT_FOR_VERSION = Duration.ofSeconds(3);

    private final Backend backend;

    Reads(Backend backend) {
        this.backend = backend;
    }

    void get(Call call, Target target) {
        long version = ListOptions.number("resourceVersion", call.query().get("resourceVersion"));
        whenReached(call, version, () -> {
            ObjectNode object = required(target);
            if (Tables.wanted(call.header("Accept"))) {
                call.answer(200, table(call, target.kind(), List.of(object), Json.object()));
            } else {
                call.answer(200, target.shown(object));
            }
        });
    }

    ObjectNode required(Target target) {
        ObjectNode object = backend.store().get(target.key());
        if (object == null) {
            throw StatusException.notFound(target.kind(), target.name());
        }
        return object;
    }

    void list(Call call, Target target) {
        ListOptions options = ListOptions.of(call.query(), target);
        whenReached(call, options.version(), () -> call.answer(200, page(call, target, options)));
    }

    /** A version from the future is waited for, but not for long. */
    private void whenReached(Call call, long version, Runnable answer) {
        if (version <= backend.store().resourceVersion()) {
            answer.run();
            return;
        }
        backend.timers()
                .schedule(
                        WAIT_FOR_VERSION,
                        () -> Api.guarded(call, () -> {
                            if (version <= backend.store().resourceVersion()) {
                                answer.run();
                                return;
                            }
                            ObjectNode details = Json.object();
                            details.putArray("causes")
                                    .addObject()
                                    .put("reason", "ResourceVersionTooLarge")
                                    .put("message", "Too large resource version");
                            details.put("retryAfterSeconds", 1);
                            throw StatusException.of(
                                    504,
                                    "Timeout",
                                    "Timeout: Too large resource version: " + version + ", current: "
                                            + backend.store().resourceVersion(),
                                    details);
                        }));
    }

    private ObjectNode page(Call call, Target target, ListOptions options) {
        long now = backend.store().resourceVersion();
        long version = now;
        String after = "";
        if (!options.continuation().isEmpty()) {
            ContinueToken token = ContinueToken.read(options.continuation());
            version = token.version();
            after = token.start();
            if (version == ContinueToken.LATEST) {
                version = now;
            } else if (!backend.history().knows(version)) {
                throw expiredToken(after);
            }
        } else if (options.match().equals("Exact")) {
            version = options.version();
            if (!backend.history().knows(version)) {
                throw StatusException.of(410, "Expired", "The provided resource version is too old.");
            }
        }
        Selection selection = options.selection();
        List<ObjectNode> found = new ArrayList<>();
        for (ObjectNode object : candidates(version, now, selection)) {
            if ((after.isEmpty() || History.path(object).compareTo(after) > 0) && selection.matches(object)) {
                found.add(object);
            }
        }
        ObjectNode meta = Json.object();
        meta.put("resourceVersion", Long.toString(version));
        long limit = options.resourceVersion().equals("0") ? 0 : options.limit();
        if (limit > 0 && found.size() > limit) {
            List<ObjectNode> page = found.subList(0, (int) limit);
            meta.put("continue", new ContinueToken(version, History.path(page.get(page.size() - 1))).written());
            if (selection.isWhole()) {
                meta.put("remainingItemCount", found.size() - limit);
            }
            return answer(call, target, page, meta);
        }
        return answer(call, target, found, meta);
    }

    private Collection<ObjectNode> candidates(long version, long now, Selection selection) {
        if (version != now) {
            return backend.history().asOf(version, selection);
        }
        return selection.namespace().isEmpty()
                ? backend.store().list(selection.kind())
                : backend.store().list(selection.kind(), selection.namespace());
    }

    private ObjectNode answer(Call call, Target target, List<ObjectNode> objects, ObjectNode meta) {
        return Tables.wanted(call.header("Accept"))
                ? table(call, target.kind(), objects, meta)
                : list(target, objects, meta);
    }

    private ObjectNode table(Call call, Kind kind, List<ObjectNode> objects, ObjectNode meta) {
        return Tables.of(
                kind,
                objects,
                meta,
                call.query().get("includeObject"),
                backend.timers().now());
    }

    /** Items of a list carry neither kind nor apiVersion. */
    static ObjectNode list(Target target, Collection<ObjectNode> objects, ObjectNode meta) {
        ObjectNode list = Json.object();
        list.put("kind", target.kind().name() + "List")
                .put("apiVersion", target.served().apiVersion());
        list.set("metadata", meta);
        ArrayNode items = list.putArray("items");
        objects.forEach(object -> items.add(Json.copy(target.shown(object)).remove(List.of("kind", "apiVersion"))));
        return list;
    }

    private static StatusException expiredToken(String start) {
        StatusException expired = StatusException.of(
                410,
                "Expired",
                "The provided continue parameter is too old to display a consistent list result. You can start a new list"
                        + " without the continue parameter, or use the continue token in this response to retrieve the"
                        + " remainder of the results. Continuing with the provided token results in an inconsistent list"
                        + " - objects that were created, modified, or deleted between the time the first chunk was"
                        + " returned and now may show up in the list.");
        String latest = new ContinueToken(ContinueToken.LATEST, start).written();
        return new StatusException(Json.with(expired.status(), Json.text(latest), "metadata", "continue"));
    }
}
