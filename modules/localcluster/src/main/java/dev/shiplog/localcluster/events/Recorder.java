package dev.shiplog.localcluster.events;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Writes Events. One that says again what was said recently only counts up. */
public final class Recorder {
    private static final int REMEMBERED = 200;

    private record Said(String about, String field, String reason, String message) {}

    private final Store store;
    private final Timers timers;
    private final Map<Said, ObjectKey> recent = new LinkedHashMap<>(16, 0.75f, true);

    public Recorder(Store store, Timers timers) {
        this.store = store;
        this.timers = timers;
    }

    public void normal(String component, Kind kind, ObjectNode about, String reason, String message) {
        normal(component, kind, about, "", reason, message);
    }

    /** Of a part of an object: {@code spec.containers{main}}. */
    public void normal(String component, Kind kind, ObjectNode about, String field, String reason, String message) {
        record(component, kind, about, "Normal", field, reason, message);
    }

    public void warning(String component, Kind kind, ObjectNode about, String reason, String message) {
        record(component, kind, about, "Warning", "", reason, message);
    }

    private void record(
            String component, Kind kind, ObjectNode about, String type, String field, String reason, String message) {
        Said said = new Said(Json.text(about, "metadata", "uid"), field, reason, message);
        ObjectKey before = recent.get(said);
        if (before == null || store.update(before, component, this::again) == null) {
            create(said, component, kind, about, type);
        }
    }

    private ObjectNode again(ObjectNode event) {
        ObjectNode counted = Json.with(event, Json.number(Json.number(event, 1, "count") + 1), "count");
        return Json.with(counted, Json.text(store.timestamp()), "lastTimestamp");
    }

    private void create(Said said, String component, Kind kind, ObjectNode about, String type) {
        Instant now = timers.now();
        String namespace = kind.namespaced() ? Json.text(about, "metadata", "namespace") : "default";
        String name = Json.text(about, "metadata", "name");
        long unique = now.getEpochSecond() * 1_000_000_000L + store.resourceVersion();
        ObjectNode event = Json.object().put("apiVersion", "v1").put("kind", "Event");
        event.set(
                "metadata",
                Json.object().put("name", name + "." + Long.toHexString(unique)).put("namespace", namespace));
        ObjectNode involved = Json.object().put("kind", kind.name());
        if (kind.namespaced()) {
            involved.put("namespace", namespace);
        }
        if (!said.field().isEmpty()) {
            involved.put("fieldPath", said.field());
        }
        event.set(
                "involvedObject",
                involved.put("name", name)
                        .put("uid", said.about())
                        .put("apiVersion", kind.apiVersion())
                        .put("resourceVersion", Json.text(about, "metadata", "resourceVersion")));
        event.put("reason", said.reason()).put("message", said.message());
        event.set("source", Json.object().put("component", component));
        event.put("firstTimestamp", store.timestamp()).put("lastTimestamp", store.timestamp());
        event.put("count", 1).put("type", type).putNull("eventTime");
        event.put("reportingComponent", component).put("reportingInstance", "");
        try {
            ObjectNode created = store.create(Kinds.EVENT, event, component);
            recent.put(said, ObjectKey.of(Kinds.EVENT, created));
        } catch (StatusException refused) {
            return; // a namespace on its way out takes no more events, and nobody misses them
        }
        if (recent.size() > REMEMBERED) {
            Iterator<Said> oldest = recent.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
