package dev.shiplog.simulation;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Deployment and its controller, after the recordings: the status is of an older spec until the controller has looked;
 * new pods come and old ones go within surge and unavailability, or one after the other; pods become ready one by one,
 * those of a bad image or without their configuration never; without progress the deadline passes, and nothing is rolled
 * back.
 */
final class SimulatedDeployment {

    static final String BAD_IMAGE = "hello:broken";
    static final String TIMED_OUT = "timed out progressing";

    /** What the controller has written of it. */
    record Status(long observed, int current, int updated, int ready, Reason reason) {

        /** Whether something has got better since. */
        boolean isBetter(Status now) {
            return now.updated > updated || now.current - now.updated < current - updated || now.ready > ready;
        }

        boolean hasMovedSince(Status before) {
            return observed != before.observed
                    || current != before.current
                    || updated != before.updated
                    || ready != before.ready;
        }
    }

    /** Of the condition Progressing. */
    enum Reason {
        NONE,
        MOVING,
        FINISHED,
        TIMED_OUT,
        PAUSED
    }

    private final String name;
    private final ReplicaSets replicaSets = new ReplicaSets();
    private PodTemplate template = PodTemplate.NONE;
    private List<String> images = List.of();
    private int desired;
    private boolean paused;
    private boolean recreate;
    private int maxSurge;
    private int maxUnavailable;
    private long deadlineMillis;
    private long generation;
    private long progressedAtMillis;
    private long movedAtMillis;
    private boolean hasShared;
    private Status status = new Status(0, 0, 0, 0, Reason.NONE);

    SimulatedDeployment(String name) {
        this.name = name;
    }

    void write(KubernetesObject object, long nowMillis) {
        var spec = object.json().object("spec");
        generation++;
        template = PodTemplate.of(spec.object("template"));
        images = Rendering.images(List.of(object));
        desired = spec.number("replicas").orElse(1);
        paused = spec.at("paused").filter(Json.bool(true)::equals).isPresent();
        recreate =
                spec.object("strategy").text("type").filter("Recreate"::equals).isPresent();
        var limits = spec.object("strategy").object("rollingUpdate");
        maxSurge = amount(limits.at("maxSurge"), true);
        maxUnavailable = amount(limits.at("maxUnavailable"), false);
        if (maxSurge == 0 && maxUnavailable == 0) {
            maxUnavailable = 1;
        }
        deadlineMillis = 1_000L * spec.number("progressDeadlineSeconds").orElse(600);
        if (status.observed() == 0) {
            progressedAtMillis = nowMillis;
        }
    }

    private int amount(Optional<Json> given, boolean up) {
        return switch (given.orElse(Json.text("25%"))) {
            case Json.Num number -> number.value().intValue();
            case Json.Str share -> {
                int percent = Integer.parseInt(share.value().replace("%", ""));
                yield up ? (desired * percent + 99) / 100 : desired * percent / 100;
            }
            default -> 0;
        };
    }

    /**
     * One look of the controller, which takes one step at most. Says whether it has to look again soon. Its first look at a
     * new spec only says how the pods are that there are.
     */
    boolean sync(long nowMillis) {
        var before = status;
        boolean changed = look(nowMillis);
        movedAtMillis = status.hasMovedSince(before) ? nowMillis : movedAtMillis;
        return changed;
    }

    private boolean look(long nowMillis) {
        var before = status;
        hasShared = false;
        boolean specIsNew = status.observed() < generation;
        if (paused != (status.reason() == Reason.PAUSED) && status.reason() != Reason.TIMED_OUT) {
            say(paused ? Reason.PAUSED : Reason.MOVING, nowMillis);
        }
        if (specIsNew && !replicaSets.isEmpty()) {
            status = counted(status.reason());
            return true;
        }
        boolean isNew = !replicaSets.knows(template);
        boolean moved = false;
        if (paused || replicaSets.isScaleDue(desired)) {
            int pods = replicaSets.pods();
            hasShared = replicaSets.scale(bounds(), !recreate, template);
            moved = pods != replicaSets.pods();
            status = counted(status.reason());
        } else {
            moved = recreate ? replicaSets.recreate(bounds(), template) : replicaSets.roll(bounds(), template);
            if (isNew && replicaSets.knows(template)) {
                say(Reason.MOVING, nowMillis);
            }
            judge(nowMillis);
        }
        return moved || !status.equals(before);
    }

    private void judge(long nowMillis) {
        var now = counted(status.reason());
        var was = status;
        status = now;
        if (now.reason() == Reason.FINISHED && now.current() == now.updated()) {
            return;
        }
        if (isComplete()) {
            say(Reason.FINISHED, nowMillis);
        } else if (was.isBetter(now)) {
            say(Reason.MOVING, nowMillis);
        } else if (now.reason() == Reason.MOVING && nowMillis - progressedAtMillis >= deadlineMillis) {
            status = counted(Reason.TIMED_OUT);
        }
    }

    private void say(Reason reason, long nowMillis) {
        status = new Status(status.observed(), status.current(), status.updated(), status.ready(), reason);
        progressedAtMillis = nowMillis;
    }

    private Status counted(Reason reason) {
        return new Status(generation, replicaSets.pods(), replicaSets.pods(template), replicaSets.ready(), reason);
    }

    private ReplicaSets.Bounds bounds() {
        return recreate
                ? new ReplicaSets.Bounds(desired, 0, 0)
                : new ReplicaSets.Bounds(desired, maxSurge, Math.min(desired, maxUnavailable));
    }

    /** One more pod becomes ready, if any can. */
    boolean becomeReady(Set<String> configsThere) {
        return replicaSets.becomeReady(configsThere);
    }

    int pods() {
        return replicaSets.pods();
    }

    int ready() {
        return replicaSets.ready();
    }

    /** Of its pods, by the labels that each has from its own template. */
    int readyFor(Map<String, String> selector) {
        return replicaSets.ready(selector);
    }

    Status status() {
        return status;
    }

    boolean isComplete() {
        return status.observed() == generation
                && status.current() == desired
                && status.updated() == desired
                && status.ready() == desired;
    }

    /** Whether time runs out for it. */
    boolean mayTimeOut() {
        return status.reason() == Reason.MOVING && !isComplete();
    }

    long deadlineAtMillis() {
        return progressedAtMillis + deadlineMillis;
    }

    /** Whether the latest look was at a change of scale in the middle of a rolling update. */
    boolean hasShared() {
        return hasShared;
    }

    boolean isUnfinished() {
        return !paused && !isComplete();
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    /** When the gateway calls its deadline exceeded, should Kubernetes not. */
    long overdueAtMillis() {
        return movedAtMillis + deadlineMillis + 10_000;
    }

    int desired() {
        return desired;
    }

    List<String> images() {
        return images;
    }

    /** What pods that are there, or are to come, mount. */
    Set<String> mounted() {
        var mounted = new TreeSet<>(mounts());
        mounted.addAll(replicaSets.mounted());
        return mounted;
    }

    /** What its own template mounts, whatever pods of former ones there are. */
    Set<String> mounts() {
        return Set.copyOf(template.configs());
    }

    Workload shown(Mark mark, int revision) {
        return new Workload(
                name,
                mark,
                revision,
                generation,
                status.observed(),
                desired,
                status.current(),
                status.updated(),
                status.ready(),
                status.ready(),
                paused,
                images,
                status.reason() == Reason.TIMED_OUT ? Optional.of(TIMED_OUT) : Optional.empty(),
                Optional.empty());
    }

    /** The floor that a Deployment like this promises by itself. */
    static int floor(KubernetesObject object) {
        var deployment = new SimulatedDeployment(object.name());
        deployment.write(object, 0);
        return deployment.floor();
    }

    /** The floor that the strategy promises to those who are served, once so many have been ready. */
    int floor() {
        return recreate ? 0 : Math.max(0, desired - maxUnavailable);
    }
}
