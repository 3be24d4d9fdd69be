package dev.shiplog.localcluster.store;

import dev.shiplog.localcluster.json.Frozen;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.time.Timers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one cluster. Lives on the cluster's thread ({@link Timers}) and is not safe for others.
 *
 * <ul>
 *   <li>What is stored is never changed: objects come in and go out shared, a change is a new tree ({@link Json#with}).
 *   <li>Every write takes the next resource version; a write that changes nothing is none: no version, no event.
 *   <li>Listeners hear every change in order, after it has happened. One that writes in turn is heard after those that
 *       were already waiting; reads always see the latest.
 * </ul>
 */
public final class Store {
    private final Timers timers;
    private final Metadata metadata;
    private final @Nullable Journal journal;
    private final Map<Kind, NavigableMap<String, ObjectNode>> objects = new LinkedHashMap<>();
    private final Map<String, Set<ObjectKey>> byOwner = new HashMap<>();
    private final List<Admission> admissions = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Change> undelivered = new ArrayDeque<>();
    private boolean delivering;
    private FieldOwnership ownership = FieldOwnership.NONE;
    private long resourceVersion;

    public Store(Timers timers, long seed) {
        this(timers, seed, null);
    }

    /** With a journal: what it remembers is here from the start, and every write goes to it. */
    public Store(Timers timers, long seed, @Nullable Journal journal) {
        this.timers = timers;
        this.metadata = new Metadata(timers, seed);
        this.journal = journal;
        if (journal != null) {
            resourceVersion = journal.restore(this::put);
        }
    }

    /** The version of the latest write. */
    public long resourceVersion() {
        return resourceVersion;
    }

    public void admit(Admission admission) {
        admissions.add(admission);
    }

    public void ownership(FieldOwnership keeper) {
        this.ownership = keeper;
    }

    // --- reading

    public @Nullable ObjectNode get(ObjectKey key) {
        return all(key.kind()).get(path(key));
    }

    public Collection<ObjectNode> list(Kind kind) {
        return List.copyOf(all(kind).values());
    }

    public Collection<ObjectNode> list(Kind kind, String namespace) {
        return List.copyOf(all(kind).subMap(namespace + "/", namespace + "0").values());
    }

    /** Everything that has an owner reference to the object with this uid. */
    public Set<ObjectKey> ownedBy(String uid) {
        return Set.copyOf(byOwner.getOrDefault(uid, Set.of()));
    }

    /** How many there are, without copying them. */
    public int count(Kind kind) {
        return all(kind).size();
    }

    // --- listening

    /** Hears every change from now on. */
    public Subscription subscribe(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Hears the changes of one kind from now on. */
    public Subscription subscribe(Kind kind, Consumer<Change> listener) {
        return subscribe(change -> {
            if (change.key().kind().equals(kind)) {
                listener.accept(change);
            }
        });
    }

    // --- writing

    /**
     * Creates an object, whose name may be left to metadata.generateName.
     *
     * @param manager who writes, for metadata.managedFields: {@code kube-controller-manager}
     * @throws StatusException AlreadyExists, or as an {@link Admission} refuses
     */
    public ObjectNode create(Kind kind, ObjectNode object, String manager) {
        return create(kind, ownership.written(null, object, manager, ""), false);
    }

    /** Creates an object whose managed fields are in order; a dry run returns it without writing it. */
    public ObjectNode create(Kind kind, ObjectNode object, boolean dryRun) {
        ObjectNode candidate = metadata.named(object);
        for (Admission admission : admissions) {
            candidate = admission.admit(kind, candidate);
        }
        candidate = metadata.created(kind, candidate);
        ObjectKey key = ObjectKey.of(kind, candidate);
        if (get(key) != null) {
            throw StatusException.alreadyExists(kind, key.name());
        }
        return dryRun ? candidate : commit(Change.Type.ADDED, key, null, candidate);
    }

    /**
     * Changes an object as a controller does. The change gets what is stored and returns a changed tree (or the same, if
     * nothing is to be done).
     *
     * @return what stands there now; null if there is no such object
     */
    public @Nullable ObjectNode update(ObjectKey key, String manager, UnaryOperator<ObjectNode> change) {
        return update(key, manager, "", change);
    }

    /**
     * As {@link #update} by the way of the subresource: what it does to {@code spec} does not count, and annotations change
     * without a new generation.
     */
    public @Nullable ObjectNode updateStatus(ObjectKey key, String manager, UnaryOperator<ObjectNode> change) {
        return update(key, manager, "status", current -> {
            ObjectNode changed = change.apply(current);
            JsonNode spec = current.path("spec");
            return spec.isMissingNode() ? changed : Json.with(changed, spec, "spec");
        });
    }

    /** As {@link #update}, in the name of a subresource, which says in managedFields by what way a field was written. */
    public @Nullable ObjectNode update(
            ObjectKey key, String manager, String subresource, UnaryOperator<ObjectNode> change) {
        ObjectNode current = get(key);
        if (current == null) {
            return null;
        }
        ObjectNode candidate = change.apply(current);
        if (Metadata.unchanged(current, candidate)) {
            return current;
        }
        return replace(key, ownership.written(current, candidate, manager, subresource), subresource, false);
    }

    /**
     * Puts a candidate in the place of what is stored. Generation and resource version are set here; a precondition is the
     * caller's to check. If nothing was changed, nothing is written. An object that was only waiting for its last finalizer is
     * removed.
     *
     * @param subresource empty, or {@code status}: then the generation stays
     * @return what stands (or last stood) there
     */
    public ObjectNode replace(ObjectKey key, ObjectNode candidate, String subresource, boolean dryRun) {
        ObjectNode current = required(key);
        if (Metadata.unchanged(current, candidate) && !Metadata.mayGo(key.kind(), candidate)) {
            return current;
        }
        ObjectNode next = metadata.changed(key.kind(), current, candidate, !subresource.equals("status"));
        if (dryRun) {
            return next;
        }
        if (Metadata.mayGo(key.kind(), next)) {
            return commit(Change.Type.DELETED, key, current, next);
        }
        return commit(Change.Type.MODIFIED, key, current, next);
    }

    /**
     * Deletes, or begins to: with finalizers, a foreground or orphan propagation or a grace period the object first gets a
     * deletionTimestamp and stays.
     *
     * @return the object as it now stands, or its last state if it has gone; null if there was none
     */
    public @Nullable ObjectNode delete(ObjectKey key, Deletion deletion) {
        ObjectNode current = get(key);
        if (current == null) {
            return null;
        }
        ObjectNode doomed = metadata.doomed(key.kind(), current, deletion);
        if (deletion.dryRun()) {
            return doomed;
        }
        if (Metadata.mayGo(key.kind(), doomed)) {
            return commit(Change.Type.DELETED, key, current, current);
        }
        return Metadata.unchanged(current, doomed)
                ? current
                : commit(Change.Type.MODIFIED, key, current, metadata.changed(key.kind(), current, doomed, true));
    }

    /** Everything goes at once, without a word to controllers' finalizers: a cluster that was lost and set up anew. */
    public void wipe() {
        for (Kind kind : List.copyOf(objects.keySet())) {
            for (ObjectNode object : list(kind)) {
                commit(Change.Type.DELETED, ObjectKey.of(kind, object), object, object);
            }
        }
    }

    private ObjectNode commit(Change.Type type, ObjectKey key, @Nullable ObjectNode before, ObjectNode candidate) {
        resourceVersion++;
        ObjectNode object = Frozen.of(
                Json.with(candidate, Json.text(Long.toString(resourceVersion)), "metadata", "resourceVersion"));
        if (before != null) {
            forget(key, before);
        }
        if (type != Change.Type.DELETED) {
            put(key, object);
        }
        Change change = new Change(type, key, before, object, resourceVersion);
        if (journal != null) {
            journal.append(change);
        }
        undelivered.add(change);
        deliver();
        return object;
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (Change change = undelivered.poll(); change != null; change = undelivered.poll()) {
                for (Consumer<Change> listener : listeners) {
                    listener.accept(change);
                }
            }
        } finally {
            delivering = false;
        }
    }

    private void put(ObjectKey key, ObjectNode object) {
        all(key.kind()).put(path(key), object);
        for (JsonNode owner : Json.at(object, "metadata", "ownerReferences")) {
            byOwner.computeIfAbsent(Json.text(owner, "uid"), uid -> new LinkedHashSet<>())
                    .add(key);
        }
    }

    private void forget(ObjectKey key, ObjectNode object) {
        all(key.kind()).remove(path(key));
        for (JsonNode owner : Json.at(object, "metadata", "ownerReferences")) {
            byOwner.computeIfPresent(Json.text(owner, "uid"), (uid, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    private ObjectNode required(ObjectKey key) {
        ObjectNode current = get(key);
        if (current == null) {
            throw StatusException.notFound(key.kind(), key.name());
        }
        return current;
    }

    /** Seconds are the resolution of Kubernetes' times. */
    public String timestamp() {
        return Metadata.timestamp(timers.now());
    }

    private NavigableMap<String, ObjectNode> all(Kind kind) {
        return objects.computeIfAbsent(kind, unknown -> new TreeMap<>());
    }

    private static String path(ObjectKey key) {
        return key.namespace() + "/" + key.name();
    }
}
