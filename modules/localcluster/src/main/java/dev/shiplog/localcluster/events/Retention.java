package dev.shiplog.localcluster.events;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.ArrayDeque;
import java.util.Queue;

/** Keeps the latest {@value #MOST} Events of a cluster, so that a crash loop never fills the memory. */
public final class Retention implements Controller {
    static final int MOST = 500;

    @Override
    public void attach(Store store, Timers timers) {
        Queue<ObjectKey> inOrder = new ArrayDeque<>();
        store.list(Kinds.EVENT).forEach(event -> inOrder.add(ObjectKey.of(Kinds.EVENT, event)));
        store.subscribe(Kinds.EVENT, change -> {
            if (change.type() != Change.Type.ADDED) {
                return;
            }
            inOrder.add(change.key());
            while (inOrder.size() > MOST) {
                store.delete(inOrder.remove(), Deletion.NOW);
            }
        });
    }
}
