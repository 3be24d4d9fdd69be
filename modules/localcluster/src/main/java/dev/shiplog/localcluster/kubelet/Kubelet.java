package dev.shiplog.localcluster.kubelet;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.nodes.Connectivity;
import dev.shiplog.localcluster.pods.Conditions;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Deletion;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kubelets of all nodes of a cluster. A pod that is bound gets an address at once; what becomes of it then, and when, is
 * told by the names of its images ({@link Behaviour}). One that is deleted is gone a moment later.
 */
public final class Kubelet implements Controller {
    /** Makes a container that was ready crash after a time such as {@code 3s}. */
    public static final String CRASH_AFTER = "simulated-kubelet/crash-after";

    private static final String MANAGER = "kubelet";
    private static final Duration TIME_TO_STOP = Duration.ofMillis(300);
    private static final Duration PULL_BACK_OFF = Duration.ofSeconds(2);
    private static final int SLOWNESS = 30;
    private static final long FIRST_BACK_OFF_SECONDS = 10;
    private static final long LONGEST_BACK_OFF_SECONDS = 300;

    private final Duration timeToReady;

    private final Connectivity connectivity;

    public Kubelet(Duration timeToReady, Connectivity connectivity) {
        this.timeToReady = timeToReady;
        this.connectivity = connectivity;
    }

    @Override
    public void attach(Store store, Timers timers) {
        new Running(store, timers, timeToReady, connectivity).listen();
    }

    private static final class Running {
        private final Store store;
        private final Timers timers;
        private final Duration timeToReady;
        private final Connectivity connectivity;
        private final Recorder recorder;
        private final ContainerEvents events;
        private final Map<String, Timers.Scheduled> next = new HashMap<>();
        private final Map<String, Timers.Scheduled> stopping = new HashMap<>();
        private final Map<String, ObjectKey> lacking = new HashMap<>();
        private int lastAddress = 1;

        Running(Store store, Timers timers, Duration timeToReady, Connectivity connectivity) {
            this.connectivity = connectivity;
            this.store = store;
            this.timers = timers;
            this.timeToReady = timeToReady;
            this.recorder = new Recorder(store, timers);
            this.events = new ContainerEvents(recorder);
        }

        void listen() {
            store.list(Kinds.POD).forEach(this::resume);
            connectivity.listen(this::onNode);
            store.subscribe(Kinds.POD, this::onPod);
            store.subscribe(Kinds.CONFIG_MAP, this::onConfiguration);
            store.subscribe(Kinds.SECRET, this::onConfiguration);
        }

        /** After a restart of the cluster a pod goes on from where it was. */
        private void resume(ObjectNode pod) {
            ObjectKey key = ObjectKey.of(Kinds.POD, pod);
            lastAddress = Math.max(lastAddress, Addresses.number(Json.text(pod, "status", "podIP")));
            if (Pods.isTerminating(pod)) {
                stop(key, pod);
            } else if (Pods.isBound(pod) && !Pods.isReady(pod) && !Pods.isFinished(pod)) {
                timers.execute(() -> live(key, uid(pod)));
            }
        }

        /** A node that is back goes on with its pods; they were running meanwhile, though nobody heard of them. */
        private void onNode(String node) {
            for (ObjectNode pod : store.list(Kinds.POD)) {
                ObjectKey key = ObjectKey.of(Kinds.POD, pod);
                if (connectivity.isGone(node) || !Pods.nodeName(pod).equals(node)) {
                    continue;
                }
                if (Pods.isTerminating(pod) || Pods.isReady(pod)) {
                    resume(pod);
                } else if (Json.text(pod, "status", "podIP").isEmpty()) {
                    timers.execute(() -> takeUp(key, uid(pod)));
                } else if (PodState.isWell(pod)) {
                    write(key, uid(pod), state -> Conditions.with(state.pod(), state.now(), "Ready", true, "", ""));
                } else {
                    resume(pod);
                }
            }
        }

        private boolean isGone(ObjectNode pod) {
            return connectivity.isGone(Pods.nodeName(pod));
        }

        private void onPod(Change change) {
            ObjectNode pod = change.object();
            String uid = uid(pod);
            if (change.type() == Change.Type.DELETED) {
                cancel(next, uid);
                cancel(stopping, uid);
                lacking.remove(uid);
            } else if (Pods.isTerminating(pod)) {
                stop(change.key(), pod);
            } else if (Pods.isBound(pod) && (change.before() == null || !Pods.isBound(change.before()))) {
                timers.execute(() -> takeUp(change.key(), uid));
            }
        }

        private void takeUp(ObjectKey key, String uid) {
            Optional<ObjectNode> pod = write(key, uid, state -> state.creating(Addresses.next(lastAddress)));
            if (pod.isPresent()) {
                lastAddress++;
                live(key, uid);
            }
        }

        private void live(ObjectKey key, String uid) {
            ObjectNode pod = store.get(key);
            if (pod == null || !uid(pod).equals(uid) || isGone(pod)) {
                return;
            }
            Duration usual = timeToReady.plus(jitter(uid));
            if (lacks(key, pod, usual)) {
                return;
            }
            Behaviour behaviour = PodBehaviour.worst(pod);
            if (behaviour != Behaviour.UNNAMEABLE) {
                events.pulling(pod);
            }
            switch (behaviour) {
                case WELL -> later(uid, usual, () -> ready(key, uid));
                case SLOW -> later(uid, usual.multipliedBy(SLOWNESS), () -> ready(key, uid));
                case NEVER_READY ->
                    later(
                            uid,
                            usual,
                            () -> write(key, uid, state -> state.running(false)).ifPresent(events::started));
                case UNNAMEABLE -> later(uid, usual.dividedBy(2), () -> nameIsRefused(key, uid));
                case BROKEN -> later(uid, usual.dividedBy(2), () -> pullFails(key, uid));
                case CRASHING -> later(uid, usual.dividedBy(2), () -> crash(key, uid, FIRST_BACK_OFF_SECONDS));
            }
        }

        private boolean lacks(ObjectKey key, ObjectNode pod, Duration usual) {
            String uid = uid(pod);
            Needs needs = Needs.of(store, pod);
            Optional<String> unmounted = needs.unmounted(pod);
            Optional<String> uncreated = Json.at(pod, "spec", "containers")
                    .valueStream()
                    .flatMap(container -> needs.uncreated(container).stream())
                    .findFirst();
            if (unmounted.isPresent()) {
                lacking.put(uid, key);
                warning(pod, "FailedMount", unmounted.get());
            } else if (uncreated.isPresent()) {
                lacking.put(uid, key);
                String message = uncreated.get();
                later(uid, usual.dividedBy(2), () -> uncreated(key, uid, message));
            } else {
                lacking.remove(uid);
            }
            return lacking.containsKey(uid);
        }

        private void uncreated(ObjectKey key, String uid, String message) {
            write(
                            key,
                            uid,
                            state -> state.waiting(
                                    container -> Needs.of(store, state.pod())
                                            .uncreated(container)
                                            .isPresent(),
                                    "CreateContainerConfigError",
                                    message))
                    .ifPresent(pod -> warning(pod, "Failed", "Error: " + message));
        }

        /** What pods wait for may have come. */
        private void onConfiguration(Change change) {
            lacking.forEach((uid, pod) -> {
                if (change.type() != Change.Type.DELETED
                        && pod.namespace().equals(change.key().namespace())) {
                    timers.execute(() -> live(pod, uid));
                }
            });
        }

        private void ready(ObjectKey key, String uid) {
            write(key, uid, state -> state.running(true)).ifPresent(pod -> {
                events.started(pod);
                String crashAfter = Json.text(pod, "metadata", "annotations", CRASH_AFTER);
                if (!crashAfter.isEmpty()) {
                    later(uid, Duration.parse("PT" + crashAfter), () -> crash(key, uid, FIRST_BACK_OFF_SECONDS));
                }
            });
        }

        private void nameIsRefused(ObjectKey key, String uid) {
            ObjectNode found = store.get(key);
            String message = found == null ? "" : ImageName.refusal(PodBehaviour.image(found, Behaviour.UNNAMEABLE));
            write(key, uid, state -> state.waiting(PodBehaviour.is(Behaviour.UNNAMEABLE), "InvalidImageName", message))
                    .ifPresent(pod -> {
                        warning(pod, "InspectFailed", message);
                        warning(pod, "Failed", "Error: InvalidImageName");
                    });
        }

        private void pullFails(ObjectKey key, String uid) {
            String reason = "ErrImagePull";
            String message = "failed to pull and unpack image: not found";
            write(key, uid, state -> state.waiting(PodBehaviour.is(Behaviour.BROKEN), reason, message))
                    .ifPresent(pod -> {
                        String image = PodBehaviour.image(pod, Behaviour.BROKEN);
                        warning(pod, "Failed", "Failed to pull image \"" + image + "\": " + message);
                        warning(pod, "Failed", "Error: ErrImagePull");
                        later(uid, PULL_BACK_OFF, () -> pullBacksOff(key, uid, image));
                    });
        }

        private void pullBacksOff(ObjectKey key, String uid, String image) {
            String message = "Back-off pulling image \"" + image + "\"";
            write(key, uid, state -> state.waiting(PodBehaviour.is(Behaviour.BROKEN), "ImagePullBackOff", message))
                    .ifPresent(pod -> {
                        event(pod, "BackOff", message);
                        warning(pod, "Failed", "Error: ImagePullBackOff");
                    });
        }

        private void crash(ObjectKey key, String uid, long backOffSeconds) {
            boolean ran =
                    Optional.ofNullable(store.get(key)).filter(Pods::isReady).isPresent();
            write(key, uid, state -> state.crashed(PodBehaviour.crashing(state.pod())))
                    .ifPresent(pod -> {
                        if (!ran) {
                            events.started(pod);
                        }
                        Duration noticed = timeToReady.dividedBy(10);
                        later(uid, noticed, () -> backOff(key, uid, backOffSeconds));
                    });
        }

        private void backOff(ObjectKey key, String uid, long seconds) {
            write(key, uid, state -> state.backingOff(PodBehaviour.crashing(state.pod()), seconds))
                    .ifPresent(pod -> {
                        warning(pod, "BackOff", "Back-off restarting failed container in pod " + key.name());
                        long longer = Math.min(seconds * 2, LONGEST_BACK_OFF_SECONDS);
                        later(uid, Duration.ofSeconds(seconds), () -> crash(key, uid, longer));
                    });
        }

        private void stop(ObjectKey key, ObjectNode pod) {
            String uid = uid(pod);
            cancel(next, uid);
            if (!stopping.containsKey(uid) && !isGone(pod)) {
                events.killing(pod);
                stopping.put(uid, timers.schedule(TIME_TO_STOP, () -> {
                    stopping.remove(uid);
                    if (!isGone(pod)) {
                        store.delete(key, Deletion.NOW);
                    }
                }));
            }
        }

        // --- the means

        private Optional<ObjectNode> write(ObjectKey key, String uid, Function<PodState, ObjectNode> change) {
            ObjectNode current = store.get(key);
            if (current == null || !uid(current).equals(uid) || Pods.isTerminating(current) || isGone(current)) {
                return Optional.empty();
            }
            return Optional.ofNullable(
                    store.updateStatus(key, MANAGER, pod -> change.apply(new PodState(pod, timers.now()))));
        }

        private void later(String uid, Duration delay, Runnable step) {
            cancel(next, uid);
            next.put(uid, timers.schedule(delay, () -> {
                next.remove(uid);
                step.run();
            }));
        }

        private static void cancel(Map<String, Timers.Scheduled> timersOfPods, String uid) {
            Timers.Scheduled timer = timersOfPods.remove(uid);
            if (timer != null) {
                timer.cancel();
            }
        }

        /** Up to a tenth of the time to ready, so that not all pods become ready in the same moment. */
        private Duration jitter(String uid) {
            return timeToReady.multipliedBy(Math.floorMod(uid.hashCode(), 100)).dividedBy(1000);
        }

        private void event(ObjectNode pod, String reason, String message) {
            recorder.normal(MANAGER, Kinds.POD, pod, reason, message);
        }

        private void warning(ObjectNode pod, String reason, String message) {
            recorder.warning(MANAGER, Kinds.POD, pod, reason, message);
        }

        private static String uid(ObjectNode pod) {
            return Json.text(pod, "metadata", "uid");
        }
    }
}
