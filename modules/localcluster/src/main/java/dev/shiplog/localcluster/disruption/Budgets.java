package dev.shiplog.localcluster.disruption;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the status of PodDisruptionBudgets. */
public final class Budgets implements Controller {
    private static final String MANAGER = "kube-controller-manager";

    @Override
    public void attach(Store store, Timers timers) {
        WorkQueue<ObjectKey> queue = new WorkQueue<>(timers, key -> look(store, timers, key));
        WorkQueue.follow(queue, store, Kinds.POD_DISRUPTION_BUDGET);
        store.subscribe(Kinds.POD, change -> onPod(store, queue, change));
    }

    private static void onPod(Store store, WorkQueue<ObjectKey> queue, Change change) {
        if (store.count(Kinds.POD_DISRUPTION_BUDGET) > 0) {
            store.list(Kinds.POD_DISRUPTION_BUDGET, change.key().namespace()).stream()
                    .filter(budget -> new Budget(budget).covers(change.object()))
                    .forEach(budget -> queue.add(ObjectKey.of(Kinds.POD_DISRUPTION_BUDGET, budget)));
        }
    }

    private static void look(Store store, Timers timers, ObjectKey key) {
        ObjectNode object = store.get(key);
        if (object == null) {
            return;
        }
        Budget budget = new Budget(object);
        List<ObjectNode> pods = store.list(Kinds.POD, key.namespace()).stream()
                .filter(pod -> budget.covers(pod) && !Pods.isFinished(pod))
                .toList();
        ObjectNode status = budget.status(pods, timers.now());
        store.updateStatus(key, MANAGER, current -> Json.with(current, status, "status"));
    }
}
