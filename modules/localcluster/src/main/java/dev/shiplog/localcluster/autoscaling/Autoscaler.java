package dev.shiplog.localcluster.autoscaling;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at a target fifteen seconds after it, or its autoscaler, has changed, and again until nothing changes any more: where
 * there are no metrics, more looks would find nothing new.
 */
public final class Autoscaler implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String COMPONENT = "horizontal-pod-autoscaler";
    private static final Duration PERIOD = Duration.ofSeconds(15);
    private static final Set<Kind> SCALABLE = Set.of(Kinds.DEPLOYMENT, Kinds.REPLICA_SET, Kinds.STATEFUL_SET);
    private static final String NO_METRICS = "failed to get cpu utilization: unable to get metrics for resource cpu:"
            + " unable to fetch metrics from resource metrics API: the server could not find the requested resource"
            + " (get pods.metrics.k8s.io)";

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final Recorder recorder;
        private final WorkQueue<ObjectKey> queue;

        Running(Store store, Timers timers) {
            this.store = store;
            this.timers = timers;
            this.recorder = new Recorder(store, timers);
            this.queue = new WorkQueue<>(timers, this::look);
        }

        void listen() {
            Kind kind = Kinds.HORIZONTAL_POD_AUTOSCALER;
            store.subscribe(kind, change -> queue.addAfter(change.key(), PERIOD));
            SCALABLE.forEach(scalable -> store.subscribe(scalable, this::onTarget));
            store.list(kind).forEach(object -> queue.addAfter(ObjectKey.of(kind, object), PERIOD));
        }

        private void onTarget(Change change) {
            Kind kind = Kinds.HORIZONTAL_POD_AUTOSCALER;
            boolean resized = change.before() == null
                    || !Json.same(
                            Json.at(change.before(), "spec", "replicas"), Json.at(change.object(), "spec", "replicas"));
            if (resized && store.count(kind) > 0) {
                store.list(kind, change.key().namespace()).stream()
                        .filter(object ->
                                target(object).filter(change.key()::equals).isPresent())
                        .forEach(object -> queue.addAfter(ObjectKey.of(kind, object), PERIOD));
            }
        }

        private static Optional<ObjectKey> target(ObjectNode autoscaler) {
            String apiVersion = Json.text(autoscaler, "spec", "scaleTargetRef", "apiVersion");
            return Kinds.byName(apiVersion, Json.text(autoscaler, "spec", "scaleTargetRef", "kind"))
                    .filter(SCALABLE::contains)
                    .map(kind -> kind.key(
                            Json.text(autoscaler, "metadata", "namespace"),
                            Json.text(autoscaler, "spec", "scaleTargetRef", "name")));
        }

        private void look(ObjectKey key) {
            ObjectNode autoscaler = store.get(key);
            if (autoscaler == null) {
                queue.forget(key);
                return;
            }
            ScalerStatus status = new ScalerStatus(autoscaler, timers.now());
            Optional<ObjectKey> target = target(autoscaler);
            ObjectNode scaled = target.map(store::get).orElse(null);
            ObjectNode next;
            if (target.isEmpty() || scaled == null) {
                next = status.targetMissing();
            } else {
                next = judge(autoscaler, status, target.get(), (int) Json.number(scaled, 1, "spec", "replicas"));
            }
            store.updateStatus(key, MANAGER, current -> Json.with(current, next, "status"));
        }

        private ObjectNode judge(ObjectNode autoscaler, ScalerStatus status, ObjectKey target, int replicas) {
            int least = (int) Json.number(autoscaler, 1, "spec", "minReplicas");
            int most = (int) Json.number(autoscaler, Integer.MAX_VALUE, "spec", "maxReplicas");
            if (replicas == 0 && least > 0) {
                return status.disabled();
            }
            if (replicas < least) {
                return rescale(autoscaler, status, target, replicas, least, "below Spec.MinReplicas");
            }
            if (replicas > most) {
                return rescale(autoscaler, status, target, replicas, most, "above Spec.MaxReplicas");
            }
            recorder.warning(
                    COMPONENT, Kinds.HORIZONTAL_POD_AUTOSCALER, autoscaler, "FailedGetResourceMetric", NO_METRICS);
            return status.withoutMetrics(replicas, "the HPA was unable to compute the replica count: " + NO_METRICS);
        }

        private ObjectNode rescale(
                ObjectNode autoscaler, ScalerStatus status, ObjectKey target, int from, int to, String why) {
            store.update(target, MANAGER, "scale", current -> Json.with(current, Json.number(to), "spec", "replicas"));
            recorder.normal(
                    COMPONENT,
                    Kinds.HORIZONTAL_POD_AUTOSCALER,
                    autoscaler,
                    "SuccessfulRescale",
                    "New size: " + to + "; reason: Current number of replicas " + why);
            return status.rescaled(from, to);
        }
    }
}
