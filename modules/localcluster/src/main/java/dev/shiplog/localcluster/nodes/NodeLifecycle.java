package dev.shiplog.localcluster.nodes;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Conditions;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a cluster makes of a node that says nothing any more: what its kubelet used to report becomes Unknown, its pods are
 * no longer ready, and a taint keeps new pods away and drives out those that are there ({@link TaintEviction}). Once it is heard of again,
 * all that is taken back.
 */
public final class NodeLifecycle implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String COMPONENT = "node-controller";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private static final Set<String> REPORTED = Set.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    private final Connectivity connectivity;

    public NodeLifecycle(Connectivity connectivity) {
        this.connectivity = connectivity;
    }

    @Override
    public void attach(Store store, Timers timers) {
        Running running = new Running(store, timers, connectivity);
        connectivity.listen(running::onNode);
        // Whoever was gone when the cluster stopped has been started with it.
        store.list(Kinds.NODE).stream()
                .filter(node -> !Pods.isReady(node))
                .forEach(node -> running.back(Json.text(node, "metadata", "name")));
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final Connectivity connectivity;
        private final Recorder recorder;
        private final Map<String, Timers.Scheduled> silent = new HashMap<>();

        Running(Store store, Timers timers, Connectivity connectivity) {
            this.store = store;
            this.timers = timers;
            this.connectivity = connectivity;
            this.recorder = new Recorder(store, timers);
        }

        private void onNode(String node) {
            Timers.Scheduled before = silent.remove(node);
            if (before != null) {
                before.cancel();
            }
            if (connectivity.isGone(node)) {
                silent.put(node, timers.schedule(connectivity.noticedAfter(node), () -> lost(node)));
            } else {
                back(node);
            }
        }

        private void lost(String name) {
            ObjectKey key = Kinds.NODE.key("", name);
            ObjectNode node =
                    store.updateStatus(key, MANAGER, current -> reported(current, "Unknown", "NodeStatusUnknown"));
            if (node == null) {
                return;
            }
            store.update(key, MANAGER, this::tainted);
            recorder.normal(
                    COMPONENT, Kinds.NODE, node, "NodeNotReady", "Node " + name + " status is now: NodeNotReady");
            for (ObjectNode pod : store.list(Kinds.POD)) {
                if (Pods.nodeName(pod).equals(name) && Pods.isReady(pod)) {
                    store.updateStatus(
                            ObjectKey.of(Kinds.POD, pod),
                            MANAGER,
                            current -> Conditions.with(current, timers.now(), "Ready", false, "", ""));
                    recorder.warning(COMPONENT, Kinds.POD, pod, "NodeNotReady", "Node is not ready");
                }
            }
        }

        private void back(String name) {
            ObjectKey key = Kinds.NODE.key("", name);
            ObjectNode before = store.get(key);
            if (before == null || Pods.isReady(before)) {
                return;
            }
            store.updateStatus(key, "kubelet", current -> reported(current, "", ""));
            store.update(key, MANAGER, Running::untainted);
            recorder.normal("kubelet", Kinds.NODE, before, "NodeReady", "Node " + name + " status is now: NodeReady");
        }

        /** With this status for all that a kubelet reports, or with what a sound one reports. */
        private ObjectNode reported(ObjectNode node, String status, String reason) {
            List<JsonNode> conditions = new ArrayList<>();
            for (JsonNode condition : Json.at(node, "status", "conditions")) {
                String type = Json.text(condition, "type");
                if (!REPORTED.contains(type)) {
                    conditions.add(condition);
                } else if (status.isEmpty()) {
                    conditions.add(Nodes.sound(type, store.timestamp()));
                } else {
                    ObjectNode unknown = Json.copy((ObjectNode) condition);
                    conditions.add(unknown.put("status", status)
                            .put("reason", reason)
                            .put("message", "Kubelet stopped posting node status.")
                            .put("lastTransitionTime", store.timestamp()));
                }
            }
            return Json.with(node, Json.array(conditions), "status", "conditions");
        }

        private ObjectNode tainted(ObjectNode node) {
            List<JsonNode> taints = others(node);
            for (String effect : List.of("NoSchedule", "NoExecute")) {
                taints.add(Json.object()
                        .put("key", UNREACHABLE)
                        .put("effect", effect)
                        .put("timeAdded", store.timestamp()));
            }
            return Json.with(node, Json.array(taints), "spec", "taints");
        }

        private static ObjectNode untainted(ObjectNode node) {
            List<JsonNode> others = others(node);
            return others.isEmpty()
                    ? Json.without(node, "spec", "taints")
                    : Json.with(node, Json.array(others), "spec", "taints");
        }

        private static List<JsonNode> others(ObjectNode node) {
            List<JsonNode> others = new ArrayList<>();
            Json.at(node, "spec", "taints").forEach(taint -> {
                if (!Json.text(taint, "key").equals(UNREACHABLE)) {
                    others.add(taint);
                }
            });
            return others;
        }
    }
}
