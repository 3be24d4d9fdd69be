package dev.shiplog.simulation;

import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What is asked of both clusters: two Deployments behind one Service, and their configuration. */
final class Wish {

    static final String STABLE = "hello";
    static final String CANARY = "hello-canary";

    /** A Deployment as it is to be. */
    private static final class Wanted {
        private final String name;
        private int replicas = 2;
        private String image = "hello:1";
        private String config = "";
        private String version = "1";
        private int deadlineSeconds = 30;
        private boolean paused;
        private Json.Obj strategy = rolling(Json.text("25%"), Json.text("25%"));

        Wanted(String name) {
            this.name = name;
        }
    }

    private final SplittableRandom random;
    private final Wanted stable = new Wanted(STABLE);
    private final Wanted canary = new Wanted(CANARY);
    private String selected = "";
    private String selectedVersion = "";
    private String data = "a";
    private Mark mark = new Mark(1, 0);

    Wish(SplittableRandom random) {
        this.random = random;
    }

    /** Something is wanted that was not before; returns what, in words. */
    String change() {
        var wanted = next();
        return mark + " " + wanted.name + " "
                + switch (random.nextInt(14)) {
                    case 0, 1, 2 -> "image " + (wanted.image = image());
                    case 3, 4, 5 -> "replicas " + (wanted.replicas = random.nextInt(7));
                    case 6, 7 -> "config " + (wanted.config = config());
                    case 8 -> "strategy " + (wanted.strategy = strategy());
                    case 9 -> "deadline " + (wanted.deadlineSeconds = 5 + random.nextInt(60));
                    case 10 ->
                        "selector " + (selected = List.of("", STABLE, CANARY).get(random.nextInt(3)));
                    case 11 -> "version " + (wanted.version = version());
                    case 12 ->
                        "selected version "
                                + (selectedVersion = List.of("", version()).get(random.nextInt(2)));
                    default -> "data " + (data = "data-" + random.nextInt(3));
                };
    }

    String pause() {
        var wanted = next();
        wanted.paused = !wanted.paused;
        return mark + " " + wanted.name + (wanted.paused ? " paused" : " resumed");
    }

    private Wanted next() {
        mark = random.nextInt(3) == 0
                ? new Mark(mark.generation(), mark.leg() + 1)
                : new Mark(mark.generation() + 1, 0);
        return random.nextInt(3) == 0 ? canary : stable;
    }

    private String image() {
        return random.nextInt(4) == 0 ? SimulatedDeployment.BAD_IMAGE : "hello:" + (1 + random.nextInt(4));
    }

    private String version() {
        return Integer.toString(1 + random.nextInt(3));
    }

    private String config() {
        return List.of("", "conf", "absent").get(random.nextInt(3));
    }

    private Json.Obj strategy() {
        return switch (random.nextInt(5)) {
            case 0 -> Json.EMPTY.with("type", Json.text("Recreate"));
            case 1 -> rolling(Json.number(1), Json.number(0));
            case 2 -> rolling(Json.number(0), Json.number(1 + random.nextInt(3)));
            case 3 -> rolling(Json.text(random.nextInt(101) + "%"), Json.text(random.nextInt(101) + "%"));
            default -> rolling(Json.text("25%"), Json.text("25%"));
        };
    }

    private static Json.Obj rolling(Json surge, Json unavailable) {
        return Json.EMPTY
                .with("type", Json.text("RollingUpdate"))
                .with("rollingUpdate", Json.EMPTY.with("maxSurge", surge).with("maxUnavailable", unavailable));
    }

    Mark mark() {
        return mark;
    }

    Mark older() {
        return mark.leg() > 0 && random.nextBoolean()
                ? new Mark(mark.generation(), mark.leg() - 1)
                : new Mark(Math.max(0, mark.generation() - 1 - random.nextInt(2)), random.nextInt(3));
    }

    List<KubernetesObject> objects(Mark marked) {
        var all = new ArrayList<KubernetesObject>();
        all.add(object(marked, "v1", "ConfigMap", "conf", "data", Json.EMPTY.with("mode", Json.text(data))));
        var app = Json.EMPTY.with("app", Json.text("hello"));
        var selector = selectedVersion.isEmpty() ? app : app.with("version", Json.text(selectedVersion));
        all.add(object(
                marked,
                "v1",
                "Service",
                STABLE,
                "spec",
                Json.EMPTY
                        .with("selector", selected.isEmpty() ? selector : selector.with("track", Json.text(selected)))
                        .with("ports", Json.array(List.of(Json.EMPTY.with("port", Json.number(80)))))));
        all.add(deployment(marked, stable));
        all.add(deployment(marked, canary));
        return all;
    }

    KubernetesObject one(Mark marked) {
        var all = objects(marked);
        return all.get(random.nextInt(all.size()));
    }

    private static KubernetesObject deployment(Mark marked, Wanted wanted) {
        var labels = Json.EMPTY.with("app", Json.text("hello")).with("track", Json.text(wanted.name));
        var container = Json.EMPTY.with("name", Json.text("hello")).with("image", Json.text(wanted.image));
        var pod = Json.EMPTY.with("containers", Json.array(List.of(container)));
        if (!wanted.config.isEmpty()) {
            var volume = Json.EMPTY
                    .with("name", Json.text("conf"))
                    .with("configMap", Json.EMPTY.with("name", Json.text(wanted.config)));
            pod = pod.with("volumes", Json.array(List.of(volume)));
        }
        var spec = Json.EMPTY
                .with("replicas", Json.number(wanted.replicas))
                .with("progressDeadlineSeconds", Json.number(wanted.deadlineSeconds))
                .with("selector", Json.EMPTY.with("matchLabels", labels))
                .with(
                        "template",
                        Json.EMPTY
                                .with(
                                        "metadata",
                                        Json.EMPTY.with("labels", labels.with("version", Json.text(wanted.version))))
                                .with("spec", pod));
        spec = wanted.paused ? spec.with("paused", Json.bool(true)) : spec;
        // What the API server fills in is nobody's, and would not go when another strategy is written.
        spec = spec.with("strategy", wanted.strategy);
        return object(marked, "apps/v1", "Deployment", wanted.name, "spec", spec);
    }

    private static KubernetesObject object(
            Mark marked, String version, String kind, String name, String content, Json.Obj what) {
        var metadata = Json.EMPTY.with("name", Json.text(name)).with("namespace", Json.text("default"));
        return new KubernetesObject(Json.EMPTY
                        .with("apiVersion", Json.text(version))
                        .with("kind", Json.text(kind))
                        .with("metadata", metadata)
                        .with(content, what))
                .withLabels(
                        Map.of(Rendering.APPLICATION_LABEL, "hello", Rendering.MANAGED_BY_LABEL, Rendering.MANAGED_BY))
                .withAnnotations(Map.of(
                        Rendering.APPLICATION,
                        Twin.APPLICATION.toString(),
                        Rendering.REVISION,
                        Integer.toString(marked.generation()),
                        Rendering.GENERATION,
                        Integer.toString(marked.generation()),
                        Rendering.LEG,
                        Integer.toString(marked.leg())));
    }

    RolloutTask.Apply apply(Mark marked) {
        var assignment = new Assignment(
                Twin.APPLICATION,
                "eu-1",
                marked.generation(),
                marked.generation(),
                objects(marked),
                Strategy.AS_WRITTEN,
                Directions.NONE,
                false,
                false,
                false,
                "test");
        return new RolloutTask.Apply(assignment, marked.leg(), assignment.objects(), Strategy.CapacityCheck.OFF);
    }

    RolloutTask.Delete delete(Mark marked) {
        ObjectKey key = one(marked).key();
        return new RolloutTask.Delete(Twin.APPLICATION, "eu-1", marked.generation(), marked.leg(), Set.of(key));
    }
}
