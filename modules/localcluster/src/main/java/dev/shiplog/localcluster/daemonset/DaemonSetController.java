package dev.shiplog.localcluster.daemonset;

import dev.shiplog.localcluster.control.Claim;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.Orphans;
import dev.shiplog.localcluster.control.Owner;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.deployment.IntOrPercent;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.history.History;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps one pod on each node that the template selects. An update deletes old pods, as many at a time as may be unavailable,
 * and makes a new one when the old has gone; surge is not supported.
 */
public final class DaemonSetController implements Controller {
    private static final String MANAGER = "kube-controller-manager";
    private static final String COMPONENT = "daemonset-controller";
    private static final String REVISION = "controller-revision-hash";

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
            store.subscribe(Kinds.DAEMON_SET, change -> queue.add(change.key()));
            store.subscribe(Kinds.NODE, change -> addAll());
            store.subscribe(
                    Kinds.POD,
                    change -> Owner.controllerKey(change.object(), Kinds.DAEMON_SET)
                            .ifPresent(queue::add));
            addAll();
        }

        private void addAll() {
            store.list(Kinds.DAEMON_SET).forEach(set -> queue.add(ObjectKey.of(Kinds.DAEMON_SET, set)));
        }

        private void look(ObjectKey key) {
            ObjectNode set = store.get(key);
            if (set == null || Json.at(set, "metadata").has("deletionTimestamp")) {
                queue.forget(key);
                return;
            }
            ObjectNode revision = new History(store, MANAGER, Kinds.DAEMON_SET, set).current();
            String hash = Json.text(revision, "metadata", "labels", REVISION);
            List<ObjectNode> pods =
                    new Claim(store, MANAGER, Kinds.DAEMON_SET, set).of(Kinds.POD, orphans.in(key.namespace()));
            Set<String> nodes = wantedNodes(set);
            Map<String, ObjectNode> placed = byNode(pods);
            boolean changed = fill(set, nodes, placed, hash);
            placed.forEach((node, pod) -> {
                if (!nodes.contains(node) && !Pods.isTerminating(pod)) {
                    delete(set, pod);
                }
            });
            if (!changed) {
                renew(set, nodes, placed, hash);
            }
            Map<String, ObjectNode> counted = changed
                    ? byNode(new Claim(store, MANAGER, Kinds.DAEMON_SET, set).of(Kinds.POD, List.of()))
                    : placed;
            report(key, set, nodes, counted, hash);
        }

        private Set<String> wantedNodes(ObjectNode set) {
            Set<String> names = new TreeSet<>();
            for (ObjectNode node : store.list(Kinds.NODE)) {
                boolean selected = Json.at(set, "spec", "template", "spec", "nodeSelector")
                        .propertyStream()
                        .allMatch(label -> label.getValue()
                                .equals(Json.at(node, "metadata", "labels").path(label.getKey())));
                if (selected) {
                    names.add(Json.text(node, "metadata", "name"));
                }
            }
            return names;
        }

        /** Pods that are not bound yet count for the node that they are meant for. */
        private static Map<String, ObjectNode> byNode(List<ObjectNode> pods) {
            Map<String, ObjectNode> placed = new TreeMap<>();
            for (ObjectNode pod : pods) {
                placed.merge(NodeAffinity.nodeOf(pod), pod, (a, b) -> Pods.isTerminating(a) ? b : a);
            }
            return placed;
        }

        private boolean fill(ObjectNode set, Set<String> nodes, Map<String, ObjectNode> placed, String hash) {
            boolean changed = false;
            for (String node : nodes) {
                ObjectNode pod = placed.get(node);
                if (pod == null) {
                    create(set, node, hash);
                    changed = true;
                } else if (Pods.isFinished(pod) && !Pods.isTerminating(pod)) {
                    delete(set, pod);
                }
            }
            return changed;
        }

        private void renew(ObjectNode set, Set<String> nodes, Map<String, ObjectNode> placed, String hash) {
            if (Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
                return;
            }
            int unavailable = 0;
            List<ObjectNode> old = new ArrayList<>();
            for (String node : nodes) {
                ObjectNode pod = placed.get(node);
                boolean available = pod != null && !Pods.isTerminating(pod) && isAvailable(set, pod, timers.now());
                unavailable += available ? 0 : 1;
                if (pod != null && !Pods.isTerminating(pod) && !isOf(pod, hash)) {
                    if (available) {
                        old.add(pod);
                    } else {
                        delete(set, pod);
                    }
                }
            }
            int most = Math.max(
                    1,
                    IntOrPercent.of(
                                    Json.at(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable"),
                                    IntOrPercent.count(1))
                            .roundedUp(nodes.size()));
            old.stream().limit(Math.max(0, most - unavailable)).forEach(pod -> delete(set, pod));
        }

        private void create(ObjectNode set, String node, String hash) {
            ObjectNode pod = Pods.fromTemplate(Kinds.DAEMON_SET, set, Json.at(set, "spec", "template"));
            pod = Json.with(pod, Json.text(hash), "metadata", "labels", REVISION);
            String generation = Json.at(set, "metadata", "generation").asString("1");
            pod = Json.with(pod, Json.text(generation), "metadata", "labels", "pod-template-generation");
            pod = Faithful.to(node, pod);
            ObjectNode created = store.create(Kinds.POD, pod, MANAGER);
            event(set, "SuccessfulCreate", "Created pod: " + Json.text(created, "metadata", "name"));
        }

        private void delete(ObjectNode set, ObjectNode pod) {
            store.delete(ObjectKey.of(Kinds.POD, pod), Deletion.BACKGROUND);
            event(set, "SuccessfulDelete", "Deleted pod: " + Json.text(pod, "metadata", "name"));
        }

        private void event(ObjectNode set, String reason, String message) {
            recorder.normal(COMPONENT, Kinds.DAEMON_SET, set, reason, message);
        }

        private void report(
                ObjectKey key, ObjectNode set, Set<String> nodes, Map<String, ObjectNode> placed, String hash) {
            Instant now = timers.now();
            List<ObjectNode> pods = placed.entrySet().stream()
                    .filter(entry -> nodes.contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            int available = (int)
                    pods.stream().filter(pod -> isAvailable(set, pod, now)).count();
            ObjectNode status = Json.object();
            status.put("currentNumberScheduled", pods.size());
            status.put("numberMisscheduled", placed.size() - pods.size());
            status.put("desiredNumberScheduled", nodes.size());
            status.put("numberReady", (int) pods.stream().filter(Pods::isReady).count());
            status.set("observedGeneration", Json.at(set, "metadata", "generation"));
            putCounter(status, "updatedNumberScheduled", (int)
                    pods.stream().filter(pod -> isOf(pod, hash)).count());
            putCounter(status, "numberAvailable", available);
            putCounter(status, "numberUnavailable", nodes.size() - available);
            store.updateStatus(key, MANAGER, current -> Json.with(current, status, "status"));
            int minReadySeconds = (int) Json.number(set, 0, "spec", "minReadySeconds");
            pods.stream()
                    .map(pod -> Pods.untilAvailable(pod, minReadySeconds, now))
                    .flatMap(Optional::stream)
                    .min(Duration::compareTo)
                    .ifPresent(delay -> queue.addAfter(key, delay));
        }

        private static boolean isAvailable(ObjectNode set, ObjectNode pod, Instant now) {
            return Pods.isAvailable(pod, (int) Json.number(set, 0, "spec", "minReadySeconds"), now);
        }

        private static boolean isOf(ObjectNode pod, String hash) {
            return Json.text(pod, "metadata", "labels", REVISION).equals(hash);
        }

        private static void putCounter(ObjectNode status, String name, int value) {
            if (value != 0) {
                status.put(name, value);
            }
        }
    }
}
