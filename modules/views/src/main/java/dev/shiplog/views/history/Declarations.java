package dev.shiplog.views.history;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.LayoutObjects;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.views.history.Placement.Declared;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one release declares on each of its clusters. Clusters that the same overrides choose get the same, so a release
 * is rendered once for each such group and not for each of five hundred clusters.
 */
final class Declarations {

    /** What a Deployment has that names no number. */
    private static final int DEFAULT_REPLICAS = 1;

    private final ApplicationName application;
    private final Release release;
    private final Map<List<ClusterOverride>, Declared> byOverrides = new HashMap<>();

    Declarations(ApplicationName application, Release release) {
        this.application = application;
        this.release = release;
    }

    Declared on(Cluster cluster) {
        var overrides = release.spec().overrides().stream()
                .filter(override -> override.clusters().selects(cluster))
                .toList();
        return byOverrides.computeIfAbsent(overrides, ignored -> rendered(cluster));
    }

    /** Which workload scaling means is the renderer's rule: asking for 0 and for 1 shows what is left and whether it counts. */
    private Declared rendered(Cluster cluster) {
        var objects = rendered(cluster, Optional.empty());
        int fixed = replicas(rendered(cluster, Optional.of(0)));
        boolean scalable = replicas(rendered(cluster, Optional.of(1))) > fixed;
        return new Declared(
                Rendering.images(objects), scalable, replicas(objects) - fixed, fixed, course(cluster, objects));
    }

    private Placement.Course course(Cluster cluster, List<KubernetesObject> objects) {
        var strategy = Rendering.strategyOn(release.spec(), cluster);
        var workload = Rendering.mainWorkload(application.name(), objects);
        var main = workload.map(KubernetesObject::name);
        var others = objects.stream()
                .filter(KubernetesObject::isWorkload)
                .map(KubernetesObject::name)
                .filter(name -> main.filter(name::equals).isEmpty())
                .toList();
        var plain = Layout.plain(Optional.empty());
        var layouts = new LayoutObjects(application.name(), List.of(), objects, strategy, false);
        var services = layouts.activeServices(plain);
        var front = new Placement.Front(
                workload.map(Declarations::images).orElse(List.of()),
                workload.flatMap(counted -> counted.json().object("spec").number("replicas"))
                        .isPresent(),
                selectors(services, objects),
                selectors(services, layouts.of(plain.widened(true))));
        return new Placement.Course(strategy, main.orElse(""), others, front);
    }

    private static List<String> images(KubernetesObject workload) {
        return Rendering.containers(workload).stream()
                .map(container -> container.text("name").orElse("") + "="
                        + container.text("image").orElse(""))
                .toList();
    }

    private static SortedMap<String, Map<String, String>> selectors(
            List<String> services, List<KubernetesObject> objects) {
        var selectors = new TreeMap<String, Map<String, String>>();
        objects.stream()
                .filter(object -> object.kind().equals("Service") && services.contains(object.name()))
                .forEach(service -> selectors.put(service.name(), selector(service)));
        return selectors;
    }

    private static Map<String, String> selector(KubernetesObject service) {
        var selector = service.json().object("spec").object("selector");
        var texts = new TreeMap<String, String>();
        selector.members().keySet().forEach(key -> selector.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    private List<KubernetesObject> rendered(Cluster cluster, Optional<Integer> scale) {
        return Rendering.render(application, release, cluster, scale, false, 0);
    }

    private static int replicas(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(KubernetesObject::isWorkload)
                .mapToInt(workload ->
                        workload.json().object("spec").number("replicas").orElse(DEFAULT_REPLICAS))
                .sum();
    }
}
