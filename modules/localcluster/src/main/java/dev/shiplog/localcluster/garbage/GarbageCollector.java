package dev.shiplog.localcluster.garbage;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Deletion.Propagation;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries a deletion to the dependents, by owner references.
 *
 * <ul>
 *   <li>Background: the owner goes first, then each dependent none of whose owners is left.
 *   <li>Foreground: the owner waits, by a finalizer, until the dependents that block its deletion are gone.
 *   <li>Orphan: the owner waits, by a finalizer, until the dependents no longer refer to it.
 * </ul>
 */
public final class GarbageCollector implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Duration TIME_TO_ORPHAN = Duration.ofMillis(50);

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final WorkQueue<ObjectKey> queue;

        Running(Store store, Timers timers) {
            this.store = store;
            this.timers = timers;
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            Kinds.ALL.forEach(kind -> store.list(kind).forEach(object -> queue.add(ObjectKey.of(kind, object))));
            store.subscribe(this::onChange);
        }

        private void onChange(Change change) {
            ObjectNode object = change.object();
            if (change.type() == Change.Type.DELETED) {
                store.ownedBy(uid(object)).forEach(queue::add);
                lookAtBlockedOwners(change.key(), object);
            } else if (isDeleting(object)) {
                if (hasFinalizer(object, FOREGROUND) || hasFinalizer(object, ORPHAN)) {
                    queue.add(change.key());
                }
            } else if (change.type() == Change.Type.ADDED
                    && !Owner.allOf(object).isEmpty()) {
                queue.add(change.key());
            }
        }

        private void lookAtBlockedOwners(ObjectKey key, ObjectNode dependent) {
            Owner.allOf(dependent).stream()
                    .filter(Owner::blocksDeletion)
                    .flatMap(owner -> owner.key(key.namespace()).stream())
                    .forEach(queue::add);
        }

        private void look(ObjectKey key) {
            ObjectNode object = store.get(key);
            if (object == null) {
                return;
            }
            if (!isDeleting(object)) {
                collect(key, object);
            } else if (hasFinalizer(object, ORPHAN)) {
                orphan(key, object);
            } else if (hasFinalizer(object, FOREGROUND)) {
                awaitDependents(key, object);
            }
        }

        /** An object that has owners, none of which is there any more, is nobody's. */
        private void collect(ObjectKey key, ObjectNode object) {
            List<Owner> owners = Owner.allOf(object);
            boolean kept = owners.isEmpty() || owners.stream().anyMatch(owner -> isThere(owner, key));
            if (!kept) {
                store.delete(key, Deletion.BACKGROUND);
            }
        }

        private boolean isThere(Owner owner, ObjectKey dependent) {
            return owner.key(dependent.namespace())
                    .map(store::get)
                    .map(found -> uid(found).equals(owner.uid()))
                    .orElse(owner.key(dependent.namespace()).isEmpty());
        }

        private void orphan(ObjectKey key, ObjectNode owner) {
            for (ObjectKey dependent : store.ownedBy(uid(owner))) {
                store.update(dependent, MANAGER, current -> Owner.without(current, uid(owner)));
            }
            timers.schedule(TIME_TO_ORPHAN, () -> removeFinalizer(key, ORPHAN));
        }

        private void awaitDependents(ObjectKey key, ObjectNode owner) {
            boolean blocked = false;
            for (ObjectKey dependentKey : store.ownedBy(uid(owner))) {
                ObjectNode dependent = store.get(dependentKey);
                if (dependent == null) {
                    continue;
                }
                boolean blocks = Owner.allOf(dependent).stream()
                        .anyMatch(reference -> reference.uid().equals(uid(owner)) && reference.blocksDeletion());
                blocked |= blocks;
                if (!isDeleting(dependent)) {
                    boolean hasDependents = !store.ownedBy(uid(dependent)).isEmpty();
                    store.delete(
                            dependentKey,
                            new Deletion(
                                    blocks && hasDependents ? Propagation.FOREGROUND : Propagation.BACKGROUND,
                                    null,
                                    false));
                }
            }
            if (!blocked) {
                removeFinalizer(key, FOREGROUND);
            }
        }

        private void removeFinalizer(ObjectKey key, String name) {
            store.update(key, MANAGER, current -> {
                ArrayNode others = Json.array(finalizers(current)
                        .valueStream()
                        .filter(finalizer -> !finalizer.asString().equals(name))
                        .toList());
                return others.isEmpty()
                        ? Json.without(current, "metadata", "finalizers")
                        : Json.with(current, others, "metadata", "finalizers");
            });
        }

        private static boolean hasFinalizer(ObjectNode object, String name) {
            return finalizers(object)
                    .valueStream()
                    .anyMatch(finalizer -> finalizer.asString().equals(name));
        }

        private static JsonNode finalizers(ObjectNode object) {
            return Json.at(object, "metadata", "finalizers");
        }

        private static boolean isDeleting(ObjectNode object) {
            return Json.at(object, "metadata").has("deletionTimestamp");
        }

        private static String uid(ObjectNode object) {
            return Json.text(object, "metadata", "uid");
        }
    }
}
