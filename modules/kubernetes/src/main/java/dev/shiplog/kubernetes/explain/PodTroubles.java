package dev.shiplog.kubernetes.explain;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.Trouble.Kind;
import dev.shiplog.domain.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What keeps pods from becoming ready, as their statuses tell. The same trouble of several pods is told once; the worst
 * comes first: what will not mend by waiting before what might.
 */
final class PodTroubles {

    private static final Set<String> IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable");

    private static final List<Kind> WORST_FIRST =
            List.of(Kind.IMAGE_PULL, Kind.CRASH_LOOP, Kind.INVALID, Kind.UNSCHEDULABLE, Kind.NOT_READY);

    /** A pod that is not ready, and why as far as its own status tells. */
    record Unready(String pod, Trouble trouble, boolean isVague) {}

    private PodTroubles() {}

    static List<Unready> of(List<Json.Obj> pods) {
        return pods.stream()
                .filter(pod -> pod.object("metadata").at("deletionTimestamp").isEmpty())
                .flatMap(pod -> of(pod).stream())
                .toList();
    }

    /** Troubles without repetition, the worst first. */
    static List<Trouble> ranked(List<Trouble> troubles) {
        var distinct = new LinkedHashMap<Trouble, Trouble>();
        troubles.forEach(trouble -> distinct.putIfAbsent(trouble, trouble));
        return distinct.values().stream()
                .sorted(Comparator.comparingInt(trouble -> WORST_FIRST.indexOf(trouble.kind())))
                .toList();
    }

    private static Optional<Unready> of(Json.Obj pod) {
        var name = pod.object("metadata").text("name").orElse("");
        var status = pod.object("status");
        if (is(condition(status, "Ready"), "status", "True")) {
            return Optional.empty();
        }
        var scheduled = condition(status, "PodScheduled");
        if (is(scheduled, "status", "False")) {
            return Optional.of(new Unready(
                    name,
                    new Trouble(Kind.UNSCHEDULABLE, scheduled.text("message").orElse("no node takes the pod " + name)),
                    false));
        }
        var containers = new ArrayList<Json.Obj>();
        containers.addAll(objects(status, "initContainerStatuses"));
        containers.addAll(objects(status, "containerStatuses"));
        return containers.stream()
                .flatMap(container -> of(pod, container).stream())
                .min(Comparator.comparingInt(trouble -> WORST_FIRST.indexOf(trouble.kind())))
                .map(trouble -> new Unready(name, trouble, false))
                .or(() -> Optional.of(vague(name, containers)));
    }

    private static Optional<Trouble> of(Json.Obj pod, Json.Obj container) {
        var waiting = container.object("state").object("waiting");
        var reason = waiting.text("reason").orElse("");
        var quoted = "container \"" + container.text("name").orElse("") + "\"";
        if (IMAGE.contains(reason)) {
            return Optional.of(new Trouble(
                    Kind.IMAGE_PULL,
                    "image \"" + image(pod, container) + "\" of " + quoted + ": " + reason + explained(waiting)));
        }
        if (reason.equals("CreateContainerConfigError") || reason.equals("CreateContainerError")) {
            return Optional.of(new Trouble(Kind.INVALID, quoted + ": " + reason + explained(waiting)));
        }
        var terminated = container.object("state").at("terminated").isPresent()
                ? container.object("state").object("terminated")
                : container.object("lastState").object("terminated");
        boolean crashes = reason.equals("CrashLoopBackOff")
                || terminated.number("exitCode").orElse(0) != 0;
        if (crashes) {
            var exit = terminated
                    .number("exitCode")
                    .map(code -> ", exit code " + code)
                    .orElse("");
            var why = terminated
                    .text("reason")
                    .filter(word -> !word.equals("Error"))
                    .map(word -> " (" + word + ")")
                    .orElse("");
            return Optional.of(new Trouble(
                    Kind.CRASH_LOOP,
                    quoted + ": " + (reason.isEmpty() ? "crashed" : reason) + exit + why + ", "
                            + restarts(container.number("restartCount").orElse(0))));
        }
        return Optional.empty();
    }

    private static String restarts(int count) {
        return count == 1 ? "1 restart" : count + " restarts";
    }

    private static Unready vague(String pod, List<Json.Obj> containers) {
        var waiting = containers.stream()
                .map(container -> container.object("state").object("waiting"))
                .flatMap(state -> state.text("reason").stream())
                .findFirst();
        return new Unready(
                pod,
                new Trouble(
                        Kind.NOT_READY,
                        waiting.map(reason -> "a pod is not ready: " + reason).orElse("a pod runs but is not ready")),
                true);
    }

    /** As the release writes it: a status may have another name for the same image. */
    private static String image(Json.Obj pod, Json.Obj container) {
        var name = container.text("name");
        return objects(pod.object("spec"), "containers").stream()
                .filter(spec -> spec.text("name").equals(name))
                .flatMap(spec -> spec.text("image").stream())
                .findFirst()
                .or(() -> container.text("image"))
                .orElse("");
    }

    private static String explained(Json.Obj waiting) {
        return waiting.text("message").map(message -> " (" + message + ")").orElse("");
    }

    private static Json.Obj condition(Json.Obj status, String type) {
        return objects(status, "conditions").stream()
                .filter(condition -> is(condition, "type", type))
                .findFirst()
                .orElse(Json.EMPTY);
    }

    private static boolean is(Json.Obj object, String name, String value) {
        return object.text(name).filter(value::equals).isPresent();
    }

    static List<Json.Obj> objects(Json.Obj object, String name) {
        return object.list(name).stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }
}
