package dev.shiplog.simulation;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment and its controller, after the recordings: the status is of an older spec until the controller has looked;
 * new pods come and old ones go within surge and unavailability, or one after the other; pods become ready one by one,
 * those of a bad image or without their configuration never; without progress the deadline passes, and nothing is rolled
 * back.
 */
final class SimulatedDeployment {

    static final String BAD_IMAGE = "hello:bad";

    /** Pods of one template. */
    private static final class ReplicaSet {
        final Set<String> configs;
        int pods;
        int ready;

        ReplicaSet(Set<String> configs) {
            this.configs = configs;
        }
    }

    private final String name;
    private final Map<String, ReplicaSet> replicaSets = new LinkedHashMap<>();
    private String template = "";
    private List<String> images = List.of();
    private Set<String> configs = Set.of();
    private Map<String, String> labels = Map.of();
    private int desired;
    private boolean paused;
    private boolean recreate;
    private int maxSurge;
    private int maxUnavailable;
    private long deadlineMillis;
    private long generation;
    private long observed;
    private long progressedAtMillis;
    private boolean deadlineExceeded;
    private int shownCurrent;
    private int shownUpdated;
    private int shownReady;

    SimulatedDeployment(String name) {
        this.name = name;
    }

    void write(KubernetesObject object, long nowMillis) {
        var spec = object.json().object("spec");
        var pod = spec.object("template");
        generation++;
        template = JsonText.of(pod);
        images = Rendering.images(List.of(object));
        configs = configs(pod);
        labels = labels(pod);
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
        if (observed == 0) {
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

    private static Set<String> configs(Json.Obj pod) {
        var names = new TreeSet<String>();
        for (var volume : pod.object("spec").list("volumes")) {
            if (volume instanceof Json.Obj object) {
                object.object("configMap").text("name").ifPresent(names::add);
            }
        }
        return names;
    }

    private static Map<String, String> labels(Json.Obj pod) {
        var labels = pod.object("metadata").object("labels");
        var texts = new LinkedHashMap<String, String>();
        labels.members().keySet().forEach(key -> labels.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    /** Of its pods. */
    Map<String, String> labels() {
        return labels;
    }

    /** One look of the controller. Says whether it has to look again soon. */
    boolean sync(long nowMillis) {
        boolean specIsNew = observed < generation;
        observed = generation;
        if (specIsNew && !replicaSets.isEmpty()) {
            // The first status of a new spec still has the counters of the old one, but for those of the new template.
            show();
            progressedAtMillis = deadlineExceeded ? progressedAtMillis : nowMillis;
            return true;
        }
        var current = replicaSets.get(template);
        boolean changed = paused ? scalePaused() : recreate ? recreate(current) : roll(current);
        replicaSets.values().removeIf(set -> set.pods == 0 && set != replicaSets.get(template));
        changed |= show();
        if (changed) {
            progressedAtMillis = nowMillis;
            deadlineExceeded = false;
        }
        if (!paused && !isComplete() && nowMillis - progressedAtMillis >= deadlineMillis) {
            changed |= !deadlineExceeded;
            deadlineExceeded = true;
        }
        return changed;
    }

    private boolean scalePaused() {
        int difference = desired - pods();
        if (difference == 0 || replicaSets.isEmpty()) {
            return false;
        }
        if (difference > 0) {
            replicaSets.values().iterator().next().pods += difference;
            return true;
        }
        int surplus = -difference;
        for (var set : replicaSets.values()) {
            int gone = Math.min(set.pods - set.ready, surplus);
            set.pods -= gone;
            surplus -= gone;
        }
        for (var set : replicaSets.values()) {
            int gone = Math.min(set.pods, surplus);
            set.pods -= gone;
            set.ready = Math.min(set.ready, set.pods);
            surplus -= gone;
        }
        return true;
    }

    private boolean recreate(@Nullable ReplicaSet current) {
        int old = pods() - (current == null ? 0 : current.pods);
        if (old > 0) {
            replicaSets.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(template))
                    .forEach(entry -> {
                        entry.getValue().pods = 0;
                        entry.getValue().ready = 0;
                    });
            return true;
        }
        return scaleTo(replicaSets.computeIfAbsent(template, absent -> new ReplicaSet(configs)), desired);
    }

    private boolean roll(@Nullable ReplicaSet present) {
        var current = present == null ? new ReplicaSet(configs) : present;
        replicaSets.putIfAbsent(template, current);
        int old = pods() - current.pods;
        if (old == 0) {
            return scaleTo(current, desired);
        }
        boolean changed = scaleTo(
                current,
                current.pods > desired
                        ? desired
                        : Math.min(desired, current.pods + Math.max(0, desired + maxSurge - pods())));
        int removable = pods() - (desired - maxUnavailable) - (current.pods - current.ready);
        for (var entry : replicaSets.entrySet()) {
            var set = entry.getValue();
            if (set == current) {
                continue;
            }
            int broken = Math.min(set.pods - set.ready, Math.max(0, removable));
            set.pods -= broken;
            removable -= broken;
            changed |= broken > 0;
        }
        int spare = ready() - (desired - maxUnavailable);
        for (var entry : replicaSets.entrySet()) {
            var set = entry.getValue();
            if (set == current) {
                continue;
            }
            int gone = Math.min(set.pods, Math.max(0, Math.min(removable, spare)));
            set.pods -= gone;
            set.ready = Math.min(set.ready, set.pods);
            removable -= gone;
            spare -= gone;
            changed |= gone > 0;
        }
        return changed;
    }

    private static boolean scaleTo(ReplicaSet set, int pods) {
        if (set.pods == pods) {
            return false;
        }
        set.pods = pods;
        set.ready = Math.min(set.ready, pods);
        return true;
    }

    /** One more pod becomes ready, if any can. */
    boolean becomeReady(Set<String> configsThere) {
        for (var entry : replicaSets.entrySet()) {
            var set = entry.getValue();
            if (set.ready < set.pods && canRun(entry.getKey(), configsThere)) {
                set.ready++;
                return true;
            }
        }
        return false;
    }

    private boolean canRun(String podTemplate, Set<String> configsThere) {
        return !podTemplate.contains(BAD_IMAGE) && (!podTemplate.equals(template) || configsThere.containsAll(configs));
    }

    private boolean show() {
        var current = replicaSets.get(template);
        int updated = current == null ? 0 : current.pods;
        boolean changed = shownCurrent != pods() || shownUpdated != updated || shownReady != ready();
        shownCurrent = pods();
        shownUpdated = updated;
        shownReady = ready();
        return changed;
    }

    private int pods() {
        return replicaSets.values().stream().mapToInt(set -> set.pods).sum();
    }

    int ready() {
        return replicaSets.values().stream().mapToInt(set -> set.ready).sum();
    }

    boolean isComplete() {
        return observed == generation && shownCurrent == desired && shownUpdated == desired && shownReady == desired;
    }

    boolean isPaused() {
        return paused;
    }

    long deadlineAtMillis() {
        return progressedAtMillis + deadlineMillis;
    }

    boolean isDeadlineExceeded() {
        return deadlineExceeded;
    }

    int desired() {
        return desired;
    }

    List<String> images() {
        return images;
    }

    /** What pods that are there, or are to come, mount. */
    Set<String> mounted() {
        var mounted = new TreeSet<>(configs);
        replicaSets.values().stream().filter(set -> set.pods > 0).forEach(set -> mounted.addAll(set.configs));
        return mounted;
    }

    Workload shown(Mark mark, int revision) {
        return new Workload(
                name,
                mark,
                revision,
                generation,
                observed,
                desired,
                shownCurrent,
                shownUpdated,
                shownReady,
                shownReady,
                paused,
                images,
                deadlineExceeded ? Optional.of("timed out progressing") : Optional.empty(),
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
