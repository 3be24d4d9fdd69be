package dev.shiplog.localcluster.replicaset;

import dev.shiplog.localcluster.control.Claim;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Orphans;
import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates and deletes pods until there are as many as wanted. The status that a look writes is that of the pods that were
 * there when it began; what it created or deleted shows with the next, which those changes bring.
 */
public final class ReplicaSetController implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String COMPONENT = "replicaset-controller";
    private static final int MOST_AT_ONCE = 500;

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final Recorder recorder;
        private final Orphans orphans;
        private final WorkQueue<ObjectKey> queue;

        Running(Store store, Timers timers) {
            this.store = store;
            this.timers = timers;
            this.recorder = new Recorder(store, timers);
            this.orphans = new Orphans(store, Kinds.POD);
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            WorkQueue.follow(queue, store, Kinds.REPLICA_SET);
            store.subscribe(Kinds.POD, this::onPod);
        }

        private void onPod(Change change) {
            ownerOf(change.object()).ifPresent(queue::add);
            if (change.before() != null) {
                ownerOf(change.before()).ifPresent(queue::add);
            }
            if (orphans.contains(change.key())) {
                for (ObjectNode set : store.list(Kinds.REPLICA_SET, change.key().namespace())) {
                    if (LabelSelector.ofObject(Json.at(set, "spec", "selector")).matches(change.object())) {
                        queue.add(ObjectKey.of(Kinds.REPLICA_SET, set));
                    }
                }
            }
        }

        private static Optional<ObjectKey> ownerOf(ObjectNode pod) {
            return Owner.controllerKey(pod, Kinds.REPLICA_SET);
        }

        private void look(ObjectKey key) {
            ObjectNode set = store.get(key);
            if (set == null) {
                queue.forget(key);
                return;
            }
            List<ObjectNode> pods =
                    new Claim(store, MANAGER, Kinds.REPLICA_SET, set).of(Kinds.POD, orphans.in(key.namespace()));
            List<ObjectNode> active = pods.stream()
                    .filter(Pods::isActive)
                    .sorted(Comparator.comparing(pod -> Json.text(pod, "metadata", "name")))
                    .toList();
            StatusException trouble = null;
            boolean deleting = Json.at(set, "metadata").has("deletionTimestamp");
            if (!deleting) {
                trouble = fit(set, active);
            }
            report(key, set, pods, active, trouble);
            if (trouble != null) {
                throw trouble;
            }
        }

        private @Nullable StatusException fit(ObjectNode set, List<ObjectNode> active) {
            int missing = (int) Json.number(set, 1, "spec", "replicas") - active.size();
            if (missing > 0) {
                return create(set, Math.min(missing, MOST_AT_ONCE));
            }
            DeletionOrder.first(-missing, active, related(set)).forEach(pod -> delete(set, pod));
            return null;
        }

        private @Nullable StatusException create(ObjectNode set, int count) {
            for (int i = 0; i < count; i++) {
                ObjectNode pod = Pods.fromTemplate(Kinds.REPLICA_SET, set, Json.at(set, "spec", "template"));
                try {
                    ObjectNode created = store.create(Kinds.POD, pod, MANAGER);
                    recorder.normal(
                            COMPONENT,
                            Kinds.REPLICA_SET,
                            set,
                            "SuccessfulCreate",
                            "Created pod: " + Json.text(created, "metadata", "name"));
                } catch (StatusException refused) {
                    if (refused.hasCause("NamespaceTerminating")) {
                        return null;
                    }
                    recorder.warning(
                            COMPONENT,
                            Kinds.REPLICA_SET,
                            set,
                            "FailedCreate",
                            "Error creating: " + refused.getMessage());
                    return refused;
                }
            }
            return null;
        }

        private void delete(ObjectNode set, ObjectNode pod) {
            store.delete(ObjectKey.of(Kinds.POD, pod), Deletion.BACKGROUND);
            recorder.normal(
                    COMPONENT,
                    Kinds.REPLICA_SET,
                    set,
                    "SuccessfulDelete",
                    "Deleted pod: " + Json.text(pod, "metadata", "name"));
        }

        /** The active pods of all ReplicaSets of the same Deployment. */
        private List<ObjectNode> related(ObjectNode set) {
            Stream<ObjectNode> siblings = Owner.controllerOf(set)
                    .flatMap(owner -> owner.key(Json.text(set, "metadata", "namespace")))
                    .map(store::get)
                    .map(owner -> Owner.controlled(store, owner, Kinds.REPLICA_SET).stream())
                    .orElseGet(() -> Stream.of(set));
            return siblings.flatMap(sibling -> Owner.controlled(store, sibling, Kinds.POD).stream())
                    .filter(Pods::isActive)
                    .toList();
        }

        private void report(
                ObjectKey key,
                ObjectNode set,
                List<ObjectNode> pods,
                List<ObjectNode> active,
                @Nullable StatusException trouble) {
            Instant now = timers.now();
            int minReadySeconds = (int) Json.number(set, 0, "spec", "minReadySeconds");
            ObjectNode status = ReplicaSetStatus.of(set, pods, active, now, trouble);
            store.updateStatus(key, MANAGER, current -> Json.with(current, status, "status"));
            active.stream()
                    .map(pod -> Pods.untilAvailable(pod, minReadySeconds, now))
                    .flatMap(Optional::stream)
                    .min(Duration::compareTo)
                    .ifPresent(delay -> queue.addAfter(key, delay));
        }
    }
}
