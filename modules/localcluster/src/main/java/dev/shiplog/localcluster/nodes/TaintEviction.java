package dev.shiplog.localcluster.nodes;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Conditions;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.pods.Taints;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes pods that do not bear a NoExecute taint of their node, or no longer do: the shortest {@code tolerationSeconds} counts,
 * from when the taint was seen. Pods whose node has been deleted go altogether, after a while.
 */
public final class TaintEviction implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String COMPONENT = "taint-eviction-controller";
    private static final Duration UNTIL_ORPHANS_GO = Duration.ofSeconds(40);

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final Recorder recorder;
        private final Map<ObjectKey, Timers.Scheduled> doomed = new HashMap<>();

        Running(Store store, Timers timers) {
            this.store = store;
            this.timers = timers;
            this.recorder = new Recorder(store, timers);
        }

        void listen() {
            store.subscribe(Kinds.NODE, this::onNode);
            store.subscribe(Kinds.POD, this::onPod);
            store.list(Kinds.POD).forEach(this::look);
        }

        private void onNode(Change change) {
            String node = change.key().name();
            if (change.type() == Change.Type.DELETED) {
                timers.schedule(UNTIL_ORPHANS_GO, () -> collect(node));
            } else if (change.before() == null
                    || !Json.same(
                            Json.at(change.before(), "spec", "taints"), Json.at(change.object(), "spec", "taints"))) {
                on(node).forEach(this::look);
            }
        }

        private void onPod(Change change) {
            if (change.type() == Change.Type.DELETED) {
                spare(change.key());
            } else if (change.before() == null || !Pods.isBound(change.before())) {
                look(change.object());
            }
        }

        private List<ObjectNode> on(String node) {
            return store.list(Kinds.POD).stream()
                    .filter(pod -> Pods.nodeName(pod).equals(node))
                    .toList();
        }

        private void look(ObjectNode pod) {
            ObjectNode node = Pods.isBound(pod) ? store.get(Kinds.NODE.key("", Pods.nodeName(pod))) : null;
            List<JsonNode> taints = node == null ? List.of() : Taints.of(node, "NoExecute");
            ObjectKey key = ObjectKey.of(Kinds.POD, pod);
            Optional<Duration> borne = taints.isEmpty() ? Optional.empty() : borne(pod, taints);
            if (borne.isEmpty() || Pods.isTerminating(pod)) {
                spare(key);
            } else if (!doomed.containsKey(key) || borne.get().isZero()) {
                spare(key);
                doomed.put(key, timers.schedule(borne.get(), () -> evict(key)));
            }
        }

        private void spare(ObjectKey key) {
            Timers.Scheduled eviction = doomed.remove(key);
            if (eviction != null) {
                eviction.cancel();
            }
        }

        /** For how long the pod bears all of the taints; empty: for ever. */
        private static Optional<Duration> borne(ObjectNode pod, List<JsonNode> taints) {
            if (!taints.stream().allMatch(taint -> Taints.isTolerated(pod, taint))) {
                return Optional.of(Duration.ZERO);
            }
            OptionalLong least = taints.stream()
                    .flatMap(taint -> Taints.tolerations(pod, taint))
                    .filter(toleration -> toleration.has("tolerationSeconds"))
                    .mapToLong(toleration -> Math.max(0, Json.number(toleration, 0, "tolerationSeconds")))
                    .min();
            return least.isPresent() ? Optional.of(Duration.ofSeconds(least.getAsLong())) : Optional.empty();
        }

        private void evict(ObjectKey key) {
            doomed.remove(key);
            ObjectNode pod = mark(key, "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint");
            if (pod != null) {
                recorder.normal(
                        COMPONENT,
                        Kinds.POD,
                        pod,
                        "TaintManagerEviction",
                        "Marking for deletion Pod " + key.namespace() + "/" + key.name());
                store.delete(key, Deletion.BACKGROUND);
            }
        }

        private void collect(String node) {
            if (store.get(Kinds.NODE.key("", node)) == null) {
                for (ObjectNode pod : on(node)) {
                    ObjectKey key = ObjectKey.of(Kinds.POD, pod);
                    mark(key, "DeletionByPodGC", "PodGC: node no longer exists");
                    store.delete(key, Deletion.NOW);
                }
            }
        }

        private @Nullable ObjectNode mark(ObjectKey key, String reason, String message) {
            return store.updateStatus(
                    key, MANAGER, pod -> Conditions.with(pod, timers.now(), "DisruptionTarget", true, reason, message));
        }
    }
}
