package dev.shiplog.localcluster.disruption;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Deletes a pod if the budget that covers it allows one more to be missing. */
public final class Evictions {
    private static final String MANAGER = "kube-apiserver";

    private Evictions() {}

    /** Throws 429 if a budget stands against it, 404 if there is no such pod. */
    public static void evict(Store store, ObjectKey key, Deletion deletion, Instant now) {
        ObjectNode pod = store.get(key);
        if (pod == null) {
            throw StatusException.notFound(Kinds.POD, key.name());
        }
        boolean harmless = Pods.isTerminating(pod)
                || Pods.isFinished(pod)
                || Pods.phase(pod).equals("Pending");
        List<ObjectNode> budgets = harmless
                ? List.of()
                : store.list(Kinds.POD_DISRUPTION_BUDGET, key.namespace()).stream()
                        .filter(budget -> new Budget(budget).covers(pod))
                        .toList();
        if (budgets.size() > 1) {
            throw StatusException.of(
                    500,
                    "InternalError",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        for (ObjectNode object : budgets) {
            spend(store, object, pod, deletion.dryRun(), now);
        }
        store.delete(key, deletion);
    }

    private static void spend(Store store, ObjectNode object, ObjectNode pod, boolean dryRun, Instant now) {
        Budget budget = new Budget(object);
        boolean freeOfCharge =
                !Pods.isReady(pod) && budget.desiredHealthy() > 0 && budget.currentHealthy() >= budget.desiredHealthy();
        if (freeOfCharge) {
            return;
        }
        if (budget.allowed() <= 0) {
            throw refused("The disruption budget " + Json.text(object, "metadata", "name") + " needs "
                    + budget.desiredHealthy() + " healthy pods and has " + budget.currentHealthy() + " currently");
        }
        if (!dryRun) {
            ObjectNode status = budget.disrupt(Json.text(pod, "metadata", "name"), now);
            store.updateStatus(
                    ObjectKey.of(Kinds.POD_DISRUPTION_BUDGET, object),
                    MANAGER,
                    current -> Json.with(current, status, "status"));
        }
    }

    private static StatusException refused(String why) {
        ObjectNode details = Json.object();
        details.set("causes", StatusException.causes(List.of(new Cause("DisruptionBudget", why, ""))));
        return StatusException.of(
                429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details);
    }
}
