package dev.shiplog.domain;

import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The app of the lab, its fleet, and short ways to write them. */
public final class Samples {

    public static final ApplicationName HELLO = new ApplicationName("default", "hello");

    public static final Cluster SEOUL = new Cluster("gke-seoul", Map.of("provider", "gke", "visibility", "public"));
    public static final Cluster VIRGINIA =
            new Cluster("eks-virginia", Map.of("provider", "eks", "visibility", "public"));
    public static final Cluster BUSAN =
            new Cluster("onprem-busan", Map.of("provider", "onprem", "visibility", "private"));
    public static final Fleet FLEET = Fleet.of(List.of(SEOUL, VIRGINIA, BUSAN));

    private Samples() {}

    public static Json.Obj obj(Object... namesAndValues) {
        var object = Json.EMPTY;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object = object.with((String) namesAndValues[i], json(namesAndValues[i + 1]));
        }
        return object;
    }

    public static Json.Arr list(Object... items) {
        return Json.array(java.util.Arrays.stream(items).map(Samples::json).toList());
    }

    private static Json json(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> Json.text(text);
            case Integer number -> Json.number(number);
            case Boolean bool -> Json.bool(bool);
            default -> throw new IllegalArgumentException("no JSON: " + value);
        };
    }

    public static KubernetesObject deployment(String name, String image, int replicas) {
        var bare = deployment(name, image);
        return bare.withJson(bare.json().withObject("spec", spec -> spec.with("replicas", Json.number(replicas))));
    }

    /** A Deployment that leaves the number of replicas open. */
    public static KubernetesObject deployment(String name, String image) {
        return new KubernetesObject(obj(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                obj("name", name),
                "spec",
                obj(
                        "selector",
                        obj("matchLabels", obj("app", name)),
                        "template",
                        obj(
                                "metadata",
                                obj("labels", obj("app", name)),
                                "spec",
                                obj("containers", list(obj("name", name, "image", image)))))));
    }

    public static KubernetesObject service(String name) {
        return new KubernetesObject(obj(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                obj("name", name),
                "spec",
                obj("selector", obj("app", name), "ports", list(obj("port", 80)))));
    }

    public static KubernetesObject configMap(String name, Object... data) {
        return new KubernetesObject(
                obj("apiVersion", "v1", "kind", "ConfigMap", "metadata", obj("name", name), "data", obj(data)));
    }

    public static ReleaseSpec spec(KubernetesObject... objects) {
        return new ReleaseSpec(
                List.of(objects), ClusterSelection.ALL, Strategy.AS_WRITTEN, List.of(), false, Optional.empty());
    }

    public static ReleaseSpec hello(String image) {
        return spec(deployment("hello", image, 3));
    }

    public static ReleaseSpec onClusters(ReleaseSpec spec, ClusterSelection clusters) {
        return new ReleaseSpec(
                spec.objects(), clusters, spec.strategy(), spec.overrides(), spec.forceConflicts(), spec.restartedAt());
    }

    /** Taking over what others own. */
    public static ReleaseSpec forcing(ReleaseSpec spec) {
        return new ReleaseSpec(
                spec.objects(), spec.clusters(), spec.strategy(), spec.overrides(), true, spec.restartedAt());
    }

    public static ReleaseSpec withStrategy(ReleaseSpec spec, Strategy strategy) {
        return new ReleaseSpec(
                spec.objects(), spec.clusters(), strategy, spec.overrides(), spec.forceConflicts(), spec.restartedAt());
    }

    public static ClusterSelection provider(String provider) {
        return new ClusterSelection(
                List.of(), new dev.shiplog.domain.fleet.LabelSelector(Map.of("provider", provider), List.of()));
    }

    public static ClusterOverride replicasOn(ClusterSelection clusters, int replicas) {
        return new ClusterOverride(clusters, Optional.of(replicas), Map.of(), Optional.empty(), List.of());
    }

    public static ClusterOverride imageOn(ClusterSelection clusters, String container, String image) {
        return new ClusterOverride(clusters, Optional.empty(), Map.of(container, image), Optional.empty(), List.of());
    }

    public static ClusterOverride patchOn(ClusterSelection clusters, Json.Obj... patches) {
        return new ClusterOverride(clusters, Optional.empty(), Map.of(), Optional.empty(), List.of(patches));
    }

    /** The Service, which selects a label more. */
    public static KubernetesObject selecting(KubernetesObject service, String label, String value) {
        return service.withJson(service.json()
                .withObject(
                        "spec", spec -> spec.withObject("selector", labels -> labels.with(label, Json.text(value)))));
    }

    /** The Deployment, whose pods have a label more. */
    public static KubernetesObject labelled(KubernetesObject deployment, String label, String value) {
        UnaryOperator<Json.Obj> labels = all -> all.with(label, Json.text(value));
        UnaryOperator<Json.Obj> template = pods -> pods.withObject("metadata", all -> all.withObject("labels", labels));
        return deployment.withJson(deployment.json().withObject("spec", spec -> spec.withObject("template", template)));
    }
}
