package dev.shiplog.localcluster.watch;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The latest changes of a store, as many as the limit says: enough to resume a watch, or to list as of a moment ago. */
public final class History {
    private final Store store;
    private final int limit;
    private final Deque<Change> changes = new ArrayDeque<>();
    private long oldest;

    public History(Store store, int limit) {
        this.store = store;
        this.limit = limit;
        this.oldest = store.resourceVersion();
        store.subscribe(this::remember);
    }

    private void remember(Change change) {
        changes.addLast(change);
        if (changes.size() > limit) {
            oldest = changes.removeFirst().resourceVersion();
        }
    }

    /** Forgets everything: who resumes from before now must list anew. */
    public void forget() {
        changes.clear();
        oldest = store.resourceVersion();
    }

    /** The oldest version from which everything that followed is still known. */
    public long oldest() {
        return oldest;
    }

    public boolean knows(long resourceVersion) {
        return resourceVersion >= oldest;
    }

    /** What happened after this version, oldest first. */
    public List<Change> since(long resourceVersion) {
        List<Change> later = new ArrayList<>();
        Iterator<Change> backwards = changes.descendingIterator();
        while (backwards.hasNext()) {
            Change change = backwards.next();
            if (change.resourceVersion() <= resourceVersion) {
                break;
            }
            later.add(change);
        }
        return later.reversed();
    }

    /** What stood there at this version, in the order of namespace and name. */
    public Collection<ObjectNode> asOf(long resourceVersion, Selection selection) {
        TreeMap<String, ObjectNode> state = new TreeMap<>();
        Collection<ObjectNode> now = selection.namespace().isEmpty()
                ? store.list(selection.kind())
                : store.list(selection.kind(), selection.namespace());
        now.forEach(object -> state.put(path(object), object));
        for (Change change : since(resourceVersion).reversed()) {
            ObjectKey key = change.key();
            if (!selection.covers(key)) {
                continue;
            }
            ObjectNode before = change.before();
            if (before == null) {
                state.remove(key.namespace() + "/" + key.name());
            } else {
                state.put(key.namespace() + "/" + key.name(), before);
            }
        }
        return state.values();
    }

    public static String path(ObjectNode object) {
        return Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name");
    }
}
