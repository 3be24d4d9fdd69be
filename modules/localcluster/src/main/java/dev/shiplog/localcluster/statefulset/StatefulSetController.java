package dev.shiplog.localcluster.statefulset;

import dev.shiplog.localcluster.control.Claim;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Orphans;
import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.history.History;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.statefulset.Ordinals.Create;
import dev.shiplog.localcluster.statefulset.Ordinals.Remove;
import dev.shiplog.localcluster.statefulset.Ordinals.Renew;
import dev.shiplog.localcluster.statefulset.Ordinals.Step;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out the steps that {@link Ordinals} finds. */
public final class StatefulSetController implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String COMPONENT = "statefulset-controller";

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
            WorkQueue.follow(queue, store, Kinds.STATEFUL_SET);
            store.subscribe(
                    Kinds.POD,
                    change -> Owner.controllerKey(change.object(), Kinds.STATEFUL_SET)
                            .ifPresent(queue::add));
        }

        private void look(ObjectKey key) {
            ObjectNode set = store.get(key);
            if (set == null || Json.at(set, "metadata").has("deletionTimestamp")) {
                queue.forget(key);
                return;
            }
            History history = new History(store, MANAGER, Kinds.STATEFUL_SET, set);
            String update = Json.text(history.current(), "metadata", "name");
            String recorded = Json.text(set, "status", "currentRevision");
            String current = recorded.isEmpty() ? update : recorded;
            Map<Integer, ObjectNode> pods = Ordinals.byOrdinal(
                    key.name(),
                    new Claim(store, MANAGER, Kinds.STATEFUL_SET, set).of(Kinds.POD, orphans.in(key.namespace())));
            int minReadySeconds = (int) Json.number(set, 0, "spec", "minReadySeconds");
            StatefulSetStatus status = StatefulSetStatus.of(set, pods, current, update, minReadySeconds, timers.now());
            List<Step> steps = ordinals(set, pods, update, minReadySeconds).next();
            for (Step step : steps) {
                status = status.after(step, pods.get(step.ordinal()));
                take(set, step, step.ordinal() < partition(set) ? current : update, history);
            }
            ObjectNode said = status.json();
            store.updateStatus(key, MANAGER, object -> Json.with(object, said, "status"));
            history.trim((int) Json.number(set, 10, "spec", "revisionHistoryLimit"), List.of(current, update));
            pods.values().stream()
                    .map(pod -> Pods.untilAvailable(pod, minReadySeconds, timers.now()))
                    .flatMap(Optional::stream)
                    .min(Duration::compareTo)
                    .ifPresent(delay -> queue.addAfter(key, delay));
        }

        private Ordinals ordinals(ObjectNode set, Map<Integer, ObjectNode> pods, String update, int minReadySeconds) {
            return new Ordinals(
                    pods,
                    (int) Json.number(set, 0, "spec", "ordinals", "start"),
                    (int) Json.number(set, 1, "spec", "replicas"),
                    !Json.text(set, "spec", "podManagementPolicy").equals("Parallel"),
                    !Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete"),
                    partition(set),
                    update,
                    minReadySeconds,
                    timers.now());
        }

        private static int partition(ObjectNode set) {
            return (int) Json.number(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
        }

        private void take(ObjectNode set, Step step, String revision, History history) {
            String name = Json.text(set, "metadata", "name") + "-" + step.ordinal();
            ObjectKey pod = Kinds.POD.key(Json.text(set, "metadata", "namespace"), name);
            switch (step) {
                case Create create -> {
                    store.create(Kinds.POD, pod(set, name, create.ordinal(), revision, history), MANAGER);
                    event(set, "SuccessfulCreate", "create Pod " + name);
                }
                case Remove ignored -> delete(set, pod);
                case Renew ignored -> delete(set, pod);
            }
        }

        private void delete(ObjectNode set, ObjectKey pod) {
            store.delete(pod, Deletion.BACKGROUND);
            event(set, "SuccessfulDelete", "delete Pod " + pod.name());
        }

        private void event(ObjectNode set, String reason, String what) {
            String message = what + " in StatefulSet " + Json.text(set, "metadata", "name") + " successful";
            recorder.normal(COMPONENT, Kinds.STATEFUL_SET, set, reason, message);
        }

        private static ObjectNode pod(ObjectNode set, String name, int ordinal, String revision, History history) {
            JsonNode template = history.template(revision);
            ObjectNode pod = Pods.fromTemplate(Kinds.STATEFUL_SET, set, template);
            pod = Json.with(pod, Json.text(name), "metadata", "name");
            pod = Json.with(pod, Json.text(revision), "metadata", "labels", Ordinals.REVISION);
            pod = Json.with(
                    pod, Json.text(Integer.toString(ordinal)), "metadata", "labels", "apps.kubernetes.io/pod-index");
            pod = Json.with(pod, Json.text(name), "metadata", "labels", "statefulset.kubernetes.io/pod-name");
            pod = Json.with(pod, Json.text(name), "spec", "hostname");
            return Json.with(pod, Json.at(set, "spec", "serviceName"), "spec", "subdomain");
        }
    }
}
