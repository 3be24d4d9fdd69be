package dev.shiplog.domain.release;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.StrategicMerge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a release looks like on one cluster. In order: the objects as written, the patches, images and replicas of the
 * overrides that select the cluster, the strategy, configuration under the names of its content with every reference to
 * it, the labels and annotations by which Shiplog knows its own. Configuration comes first in the list, so that it is
 * there before the pods that mount it.
 *
 * <p>The namespace of an object that names none is the application's.
 */
public final class Rendering {

    public static final String APPLICATION_LABEL = "app.kubernetes.io/name";
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String MANAGED_BY = "shiplog";
    public static final String APPLICATION = "shiplog.dev/application";
    public static final String REVISION = "shiplog.dev/revision";
    public static final String GENERATION = "shiplog.dev/generation";
    /** How far a rollout was within its generation when the object was written; absent: at its beginning. */
    public static final String LEG = "shiplog.dev/leg";

    public static final String RESTARTED_AT = "shiplog.dev/restartedAt";
    /** On configuration: the name that it has in the release, without the hash of its content. */
    public static final String CONFIG_NAME = ConfigName.NAME;

    public static final String CHANGE_CAUSE = "kubernetes.io/change-cause";

    /** What the API server fills in for both limits of a rolling update. */
    private static final Amount DEFAULT_LIMIT = Amount.percent(25);

    private Rendering() {}

    /**
     * @param scale the number of replicas asked for after the release was submitted; empty: as the release says
     * @param paused whether the workloads' rollout is held
     * @param generation the fence: grows with everything an application asks of its clusters
     */
    public static List<KubernetesObject> render(
            ApplicationName application,
            Release release,
            Cluster cluster,
            Optional<Integer> scale,
            boolean paused,
            int generation) {
        var objects = resolved(application, release.spec(), cluster, scale).stream()
                .map(object -> object.isWorkload() ? held(object, paused) : object)
                .map(object -> labelled(object, application, release, generation))
                .toList();
        return configFirst(withConfigNames(application, objects));
    }

    /** With all that the release says about the cluster, before it is marked as ours. */
    private static List<KubernetesObject> resolved(
            ApplicationName application, ReleaseSpec spec, Cluster cluster, Optional<Integer> scale) {
        var overrides = spec.overrides().stream()
                .filter(override -> override.clusters().selects(cluster))
                .toList();
        var strategy = strategyOn(spec, cluster);
        var scaled = mainWorkload(application.name(), spec.objects());
        var objects = new ArrayList<KubernetesObject>();
        for (var written : spec.objects()) {
            if (overrides.stream().anyMatch(override -> takesAway(override, written))) {
                continue;
            }
            boolean isScaled = scaled.filter(written::equals).isPresent();
            var object = inNamespace(written, application.namespace());
            for (var override : overrides) {
                object = overridden(object, override, isScaled);
            }
            if (object.isWorkload()) {
                object = workload(object, strategy, isScaled ? scale : Optional.empty(), spec.restartedAt());
            }
            objects.add(object);
        }
        return objects;
    }

    private static boolean takesAway(ClusterOverride override, KubernetesObject object) {
        return override.patches().stream().anyMatch(patch -> StrategicMerge.deletes(patch) && appliesTo(patch, object));
    }

    public static Strategy strategyOn(ReleaseSpec spec, Cluster cluster) {
        return spec.overrides().stream()
                .filter(override -> override.clusters().selects(cluster))
                .flatMap(override -> override.strategy().stream())
                .reduce(spec.strategy(), (earlier, later) -> later);
    }

    /** The workload that is meant by a number of replicas and by a strategy: the one named as the application, else the first. */
    public static Optional<KubernetesObject> mainWorkload(String application, List<KubernetesObject> objects) {
        var workloads = objects.stream().filter(KubernetesObject::isWorkload).toList();
        return workloads.stream()
                .filter(workload -> workload.name().equals(application))
                .findFirst()
                .or(() -> workloads.stream().findFirst());
    }

    /** Whether it is a ConfigMap or a Secret: what pods of each release have of their own. */
    public static boolean isConfig(KubernetesObject object) {
        return ConfigName.isConfig(object);
    }

    /** The number of replicas that the release itself asks for on the cluster: the manifest, its patches and overrides. */
    public static Optional<Integer> declaredReplicas(ApplicationName application, ReleaseSpec spec, Cluster cluster) {
        var name = mainWorkload(application.name(), spec.objects()).map(KubernetesObject::name);
        return resolved(application, spec, cluster, Optional.empty()).stream()
                .filter(object -> object.isWorkload()
                        && name.filter(object.name()::equals).isPresent())
                .findFirst()
                .flatMap(workload -> workload.json().object("spec").number("replicas"));
    }

    /** The images of all workloads of the release, in the order of their containers. */
    public static List<String> images(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(KubernetesObject::isWorkload)
                .flatMap(workload -> containers(workload).stream())
                .flatMap(container -> container.text("image").stream())
                .distinct()
                .toList();
    }

    /** The containers of a workload's pod template. */
    public static List<Json.Obj> containers(KubernetesObject workload) {
        return containers(workload, "containers");
    }

    /** Those that run before them. */
    public static List<Json.Obj> initContainers(KubernetesObject workload) {
        return containers(workload, "initContainers");
    }

    private static List<Json.Obj> containers(KubernetesObject workload, String member) {
        return workload.json().object("spec").object("template").object("spec").list(member).stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }

    /** The workload with other images in the named containers; containers it does not have are passed over. */
    public static KubernetesObject withImages(KubernetesObject workload, Map<String, String> images) {
        return withPodSpec(
                workload, pod -> withImages(withImages(pod, "initContainers", images), "containers", images));
    }

    private static Json.Obj withImages(Json.Obj pod, String member, Map<String, String> images) {
        if (pod.at(member).isEmpty()) {
            return pod;
        }
        var containers = pod.list(member).stream()
                .map(item -> {
                    if (item instanceof Json.Obj container) {
                        var image = container.text("name").map(images::get);
                        return image.isPresent() ? container.with("image", Json.text(image.get())) : container;
                    }
                    return item;
                })
                .toList();
        return pod.with(member, Json.array(containers));
    }

    private static KubernetesObject inNamespace(KubernetesObject object, String namespace) {
        return object.namespace().isEmpty()
                ? object.withJson(object.json()
                        .withObject("metadata", metadata -> metadata.with("namespace", Json.text(namespace))))
                : object;
    }

    private static KubernetesObject overridden(KubernetesObject object, ClusterOverride override, boolean isScaled) {
        var changed = object;
        for (var patch : override.patches()) {
            if (appliesTo(patch, object)) {
                changed = changed.withJson(StrategicMerge.merge(changed.json(), patch));
            }
        }
        if (!changed.isWorkload()) {
            return changed;
        }
        if (!override.images().isEmpty()) {
            changed = withImages(changed, override.images());
        }
        var replicas = override.replicas();
        return isScaled && replicas.isPresent() ? withReplicas(changed, replicas.get()) : changed;
    }

    /** A patch without a kind is for the workload, as kustomize's target is when there is only one. */
    public static boolean appliesTo(Json.Obj patch, KubernetesObject object) {
        var kind = patch.text("kind");
        var name = patch.object("metadata").text("name");
        return kind.map(object.kind()::equals).orElse(object.isWorkload())
                && name.map(object.name()::equals).orElse(true);
    }

    private static KubernetesObject workload(
            KubernetesObject object, Strategy strategy, Optional<Integer> scale, Optional<String> restartedAt) {
        var changed = scale.isPresent() ? withReplicas(object, scale.get()) : object;
        changed = changed.withJson(changed.json().withObject("spec", spec -> withStrategy(spec, strategy)));
        if (restartedAt.isPresent()) {
            changed = changed.withJson(changed.json()
                    .withObject(
                            "spec",
                            spec -> spec.withObject(
                                    "template",
                                    template -> template.withObject(
                                            "metadata",
                                            metadata -> metadata.withObject(
                                                    "annotations",
                                                    annotations -> annotations.with(
                                                            RESTARTED_AT, Json.text(restartedAt.get())))))));
        }
        return changed;
    }

    private static KubernetesObject held(KubernetesObject workload, boolean paused) {
        return workload.withJson(workload.json().withObject("spec", spec -> spec.with("paused", Json.bool(paused))));
    }

    private static KubernetesObject withReplicas(KubernetesObject workload, int replicas) {
        return workload.withJson(
                workload.json().withObject("spec", spec -> spec.with("replicas", Json.number(replicas))));
    }

    private static Json.Obj withStrategy(Json.Obj spec, Strategy strategy) {
        return switch (strategy) {
            case Strategy.Rolling rolling ->
                withDeadline(
                        withLimits(spec, rolling.maxSurge(), rolling.maxUnavailable()),
                        rolling.progressDeadlineSeconds());
            case Strategy.Recreate recreate ->
                withDeadline(
                        spec.with("strategy", Json.EMPTY.with("type", Json.text("Recreate"))),
                        recreate.progressDeadlineSeconds());
            case Strategy.Canary canary ->
                withDeadline(
                        withLimits(spec, canary.maxSurge(), canary.maxUnavailable()), canary.progressDeadlineSeconds());
            case Strategy.BlueGreen blueGreen ->
                withDeadline(withLimits(spec, Optional.empty(), Optional.empty()), blueGreen.progressDeadlineSeconds());
        };
    }

    /**
     * Limits that nobody wrote are written as the API server would fill them in: what it fills in itself belongs to nobody,
     * and stands in the way of a later change to Recreate.
     */
    private static Json.Obj withLimits(Json.Obj spec, Optional<Amount> maxSurge, Optional<Amount> maxUnavailable) {
        boolean isAsked = maxSurge.isPresent() || maxUnavailable.isPresent();
        boolean isRecreate =
                spec.object("strategy").text("type").filter("Recreate"::equals).isPresent();
        if (isRecreate && !isAsked) {
            return spec;
        }
        return spec.withObject(
                "strategy",
                written -> written.with("type", Json.text("RollingUpdate"))
                        .withObject(
                                "rollingUpdate",
                                limits -> limits.with("maxSurge", limit(maxSurge, limits, "maxSurge"))
                                        .with("maxUnavailable", limit(maxUnavailable, limits, "maxUnavailable"))));
    }

    private static Json limit(Optional<Amount> asked, Json.Obj written, String name) {
        return asked.map(Amount::toJson).or(() -> written.at(name)).orElse(DEFAULT_LIMIT.toJson());
    }

    private static Json.Obj withDeadline(Json.Obj spec, Optional<Integer> seconds) {
        return seconds.isPresent() ? spec.with("progressDeadlineSeconds", Json.number(seconds.get())) : spec;
    }

    private static KubernetesObject labelled(
            KubernetesObject object, ApplicationName application, Release release, int generation) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(APPLICATION_LABEL, application.name());
        labels.put(MANAGED_BY_LABEL, MANAGED_BY);
        var annotations = new LinkedHashMap<String, String>();
        annotations.put(APPLICATION, application.toString());
        annotations.put(REVISION, Integer.toString(release.revision()));
        annotations.put(GENERATION, Integer.toString(generation));
        if (object.isWorkload()) {
            annotations.put(CHANGE_CAUSE, release.cause());
        }
        return object.withLabels(labels).withAnnotations(annotations);
    }

    private static List<KubernetesObject> withConfigNames(ApplicationName application, List<KubernetesObject> objects) {
        var names = new LinkedHashMap<ConfigReferences.Reference, String>();
        for (var object : objects) {
            if (ConfigName.isConfig(object)) {
                names.put(
                        new ConfigReferences.Reference(object.kind(), object.name()),
                        ConfigName.of(application, object));
            }
        }
        return objects.stream().map(object -> withConfigNames(object, names)).toList();
    }

    private static KubernetesObject withConfigNames(
            KubernetesObject object, Map<ConfigReferences.Reference, String> names) {
        var own = names.get(new ConfigReferences.Reference(object.kind(), object.name()));
        if (own != null && ConfigName.isConfig(object)) {
            var marked = object.withAnnotations(Map.of(ConfigName.NAME, object.name()));
            return marked.withJson(
                    marked.json().withObject("metadata", metadata -> metadata.with("name", Json.text(own))));
        }
        return ConfigReferences.renamed(object, names);
    }

    private static KubernetesObject withPodSpec(KubernetesObject workload, UnaryOperator<Json.Obj> change) {
        return workload.withJson(workload.json()
                .withObject(
                        "spec", spec -> spec.withObject("template", template -> template.withObject("spec", change))));
    }

    private static List<KubernetesObject> configFirst(List<KubernetesObject> objects) {
        var ordered = new ArrayList<KubernetesObject>();
        objects.stream().filter(ConfigName::isConfig).forEach(ordered::add);
        objects.stream()
                .filter(object -> !ConfigName.isConfig(object) && !object.isWorkload())
                .forEach(ordered::add);
        objects.stream().filter(KubernetesObject::isWorkload).forEach(ordered::add);
        return List.copyOf(ordered);
    }
}
