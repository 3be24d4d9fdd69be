package dev.shiplog.localcluster.control;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a kind that have no controller, kept up to date, so that nobody has to search for them. */
public final class Orphans {
    private final Store store;
    private final Set<ObjectKey> keys = new LinkedHashSet<>();

    public Orphans(Store store, Kind kind) {
        this.store = store;
        store.list(kind).forEach(object -> note(ObjectKey.of(kind, object), object));
        store.subscribe(kind, change -> {
            if (change.type() == Change.Type.DELETED) {
                keys.remove(change.key());
            } else {
                note(change.key(), change.object());
            }
        });
    }

    public boolean contains(ObjectKey key) {
        return keys.contains(key);
    }

    public List<ObjectNode> in(String namespace) {
        return keys.stream()
                .filter(key -> key.namespace().equals(namespace))
                .map(store::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private void note(ObjectKey key, ObjectNode object) {
        boolean orphan = Owner.controllerOf(object).isEmpty()
                && !Json.at(object, "metadata").has("deletionTimestamp");
        if (orphan) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }
}
