package dev.shiplog.localcluster.scheduling;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Conditions;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds each pod to the node with the fewest pods among those on which it fits. One that fits nowhere stays Pending and
 * says why, until a pod goes or a node changes.
 */
public final class Scheduler implements Controller {
    private static final String MANAGER = "kube-scheduler";
    private static final String COMPONENT = "default-scheduler";

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final Recorder recorder;
        private final WorkQueue<ObjectKey> queue;
        private final Map<ObjectKey, ObjectNode> placed = new HashMap<>();
        private final Map<String, Requests> used = new HashMap<>();
        private final Map<ObjectKey, Complaint> unschedulable = new LinkedHashMap<>();

        Running(Store store, Timers timers) {
            this.store = store;
            this.timers = timers;
            this.recorder = new Recorder(store, timers);
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            store.list(Kinds.POD).forEach(pod -> onPod(ObjectKey.of(Kinds.POD, pod), pod));
            store.subscribe(
                    Kinds.POD,
                    change -> onPod(change.key(), change.type() == Change.Type.DELETED ? null : change.object()));
            store.subscribe(Kinds.NODE, change -> retry());
        }

        private void onPod(ObjectKey key, @Nullable ObjectNode pod) {
            account(key, pod != null && Pods.isBound(pod) && !Pods.isFinished(pod) ? pod : null);
            if (pod == null || Pods.isBound(pod) || !Pods.isActive(pod)) {
                unschedulable.remove(key);
            } else if (!unschedulable.containsKey(key)) {
                queue.add(key);
            }
        }

        /** Keeps the books of what is used, for a pod that takes room or, with null, no longer does. */
        private void account(ObjectKey key, @Nullable ObjectNode pod) {
            ObjectNode before = pod == null ? placed.remove(key) : placed.put(key, pod);
            if (before != null) {
                used.merge(Pods.nodeName(before), Requests.ofPod(before), Requests::minus);
            }
            if (pod != null) {
                used.merge(Pods.nodeName(pod), Requests.ofPod(pod), Requests::plus);
            } else if (before != null) {
                retry();
            }
        }

        private void retry() {
            unschedulable.keySet().forEach(queue::add);
        }

        private void look(ObjectKey key) {
            ObjectNode pod = store.get(key);
            if (pod == null || Pods.isBound(pod) || !Pods.isActive(pod)) {
                return;
            }
            Collection<ObjectNode> nodes = store.list(Kinds.NODE);
            List<List<String>> against = new ArrayList<>();
            List<ObjectNode> fitting = new ArrayList<>();
            for (ObjectNode node : nodes) {
                Requests left = Requests.allocatable(node).minus(usedOn(name(node)));
                List<String> reasons = Fit.reasonsAgainst(pod, node, left);
                against.add(reasons);
                if (reasons.isEmpty()) {
                    fitting.add(node);
                }
            }
            fitting.stream()
                    .min(Comparator.comparingLong(node -> usedOn(name(node)).pods()))
                    .ifPresentOrElse(node -> bind(key, pod, node), () -> postpone(key, pod, Fit.message(against)));
        }

        private Requests usedOn(String node) {
            return used.getOrDefault(node, Requests.NONE);
        }

        private void bind(ObjectKey key, ObjectNode pod, ObjectNode node) {
            unschedulable.remove(key);
            String name = name(node);
            store.update(key, MANAGER, current -> {
                ObjectNode bound = Json.with(current, Json.text(name), "spec", "nodeName");
                for (String topology : List.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone")) {
                    String value = Json.text(node, "metadata", "labels", topology);
                    bound = value.isEmpty()
                            ? bound
                            : Json.with(bound, Json.text(value), "metadata", "labels", topology);
                }
                return Conditions.with(bound, timers.now(), "PodScheduled", true, "", "");
            });
            recorder.normal(
                    COMPONENT,
                    Kinds.POD,
                    pod,
                    "Scheduled",
                    "Successfully assigned " + key.namespace() + "/" + key.name() + " to " + name);
        }

        private void postpone(ObjectKey key, ObjectNode pod, String message) {
            Complaint before = unschedulable.get(key);
            Complaint now = Complaint.after(before, message, timers.now());
            unschedulable.put(key, now);
            store.updateStatus(
                    key,
                    MANAGER,
                    current -> Conditions.with(current, timers.now(), "PodScheduled", false, "Unschedulable", message));
            if (!now.equals(before)) {
                recorder.warning(COMPONENT, Kinds.POD, pod, "FailedScheduling", message);
            }
        }

        private static String name(ObjectNode node) {
            return Json.text(node, "metadata", "name");
        }
    }
}
