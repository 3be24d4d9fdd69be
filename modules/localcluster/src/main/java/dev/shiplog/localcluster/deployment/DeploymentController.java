package dev.shiplog.localcluster.deployment;

import dev.shiplog.localcluster.control.Claim;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Orphans;
import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Looks at a Deployment whenever it, or a ReplicaSet of it, has changed; {@link Rollout} does the rest. */
public final class DeploymentController implements Controller {
    static final String MANAGER = "kube-controller-manager";

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
            this.orphans = new Orphans(store, Kinds.REPLICA_SET);
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            WorkQueue.follow(queue, store, Kinds.DEPLOYMENT);
            store.subscribe(Kinds.REPLICA_SET, this::onReplicaSet);
            store.subscribe(Kinds.POD, this::onPod);
        }

        private void look(ObjectKey key) {
            ObjectNode object = store.get(key);
            if (object == null) {
                queue.forget(key);
                return;
            }
            List<ReplicaSet> sets = new Claim(store, MANAGER, Kinds.DEPLOYMENT, object)
                    .of(Kinds.REPLICA_SET, orphans.in(key.namespace())).stream()
                            .map(ReplicaSet::of)
                            .toList();
            new Rollout(store, recorder, timers.now(), Deployment.of(object), sets)
                    .look()
                    .ifPresent(delay -> queue.addAfter(key, delay));
        }

        private void onReplicaSet(Change change) {
            deploymentOf(change.object()).ifPresent(queue::add);
            if (orphans.contains(change.key())) {
                offer(change.object());
            }
        }

        /** A ReplicaSet that nobody owns may be what a Deployment is looking for. */
        private void offer(ObjectNode orphan) {
            String namespace = Json.text(orphan, "metadata", "namespace");
            for (ObjectNode deployment : store.list(Kinds.DEPLOYMENT, namespace)) {
                if (LabelSelector.ofObject(Json.at(deployment, "spec", "selector"))
                        .matches(orphan)) {
                    queue.add(ObjectKey.of(Kinds.DEPLOYMENT, deployment));
                }
            }
        }

        /** Recreating waits for the last old pod to be gone. */
        private void onPod(Change change) {
            if (change.type() != Change.Type.DELETED) {
                return;
            }
            Owner.controllerKey(change.object(), Kinds.REPLICA_SET)
                    .map(store::get)
                    .flatMap(Running::deploymentOf)
                    .filter(this::recreates)
                    .ifPresent(queue::add);
        }

        private boolean recreates(ObjectKey key) {
            ObjectNode deployment = store.get(key);
            return deployment != null
                    && Json.text(deployment, "spec", "strategy", "type").equals("Recreate");
        }

        private static Optional<ObjectKey> deploymentOf(ObjectNode replicaSet) {
            return Owner.controllerKey(replicaSet, Kinds.DEPLOYMENT);
        }
    }
}
