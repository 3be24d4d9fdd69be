package dev.shiplog.domain.course;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;

/**
 * The Services by which users come to the pods, and the one by which the next colour is looked at: whom they select while
 * a layout stands.
 *
 * @param workload the Deployment whose pods they are; empty if there is none
 */
public record UserServices(Strategy strategy, Optional<KubernetesObject> workload) {

    /** Whether the Service's selector fits the pods of the workload. */
    public static boolean selects(KubernetesObject service, KubernetesObject workload) {
        return !selector(service).members().isEmpty()
                && missing(service, workload).members().isEmpty();
    }

    /** What the Service selects and the pods of the workload don't have. */
    public static Json.Obj missing(KubernetesObject service, KubernetesObject workload) {
        var labels = workload.json()
                .object("spec")
                .object("template")
                .object("metadata")
                .object("labels");
        var missing = selector(service);
        for (var wanted : selector(service).members().entrySet()) {
            if (wanted.getValue().equals(labels.members().get(wanted.getKey()))) {
                missing = missing.without(wanted.getKey());
            }
        }
        return missing;
    }

    static Json.Obj selector(KubernetesObject service) {
        return service.json().object("spec").object("selector");
    }

    /** Of several that select the pods, the one named as the application, else the first. */
    public static Optional<KubernetesObject> routed(String application, List<KubernetesObject> services) {
        return services.stream()
                .filter(service -> service.name().equals(application))
                .findFirst()
                .or(() -> services.stream().findFirst());
    }

    /** Whether users come by it to the pods: it is named by the strategy, or else it selects them. */
    boolean isActive(KubernetesObject object) {
        if (!isService(object) || isPreview(object)) {
            return false;
        }
        return activeService()
                .map(object.name()::equals)
                .orElseGet(() -> workload.filter(pods -> selects(object, pods)).isPresent());
    }

    /** What the object is while the layout stands; what is no such Service stays as it is written. */
    KubernetesObject in(Layout layout, KubernetesObject object) {
        var serving = layout.serving().filter(Role::isColour);
        if (isPreview(object)) {
            return serving.map(colour -> selecting(object, colour.otherColour()))
                    .orElse(object);
        }
        if (!isActive(object)) {
            return object;
        }
        var selecting = serving.map(colour -> selecting(object, colour)).orElse(object);
        return affinity()
                .filter(ignored -> layout.traffic().divided())
                .map(affinity -> withAffinity(selecting, affinity))
                .orElse(selecting);
    }

    private boolean isPreview(KubernetesObject object) {
        return isService(object)
                && previewService().filter(object.name()::equals).isPresent();
    }

    /** Whether it is a Service of Kubernetes itself. */
    public static boolean isService(KubernetesObject object) {
        return object.kind().equals("Service") && object.apiVersion().equals("v1");
    }

    private static KubernetesObject selecting(KubernetesObject service, Role colour) {
        return service.withJson(service.json()
                .withObject(
                        "spec",
                        spec -> spec.withObject(
                                "selector", selector -> selector.with(Role.COLOUR, Json.text(colour.word())))));
    }

    private static KubernetesObject withAffinity(KubernetesObject service, Strategy.SessionAffinity affinity) {
        var clientIp = Json.EMPTY.with("timeoutSeconds", Json.number(affinity.timeoutSeconds()));
        return service.withJson(service.json()
                .withObject(
                        "spec",
                        spec -> spec.with("sessionAffinity", Json.text("ClientIP"))
                                .with("sessionAffinityConfig", Json.EMPTY.with("clientIP", clientIp))));
    }

    private Optional<String> activeService() {
        return strategy instanceof Strategy.BlueGreen blueGreen ? blueGreen.activeService() : Optional.empty();
    }

    private Optional<String> previewService() {
        return strategy instanceof Strategy.BlueGreen blueGreen ? blueGreen.previewService() : Optional.empty();
    }

    private Optional<Strategy.SessionAffinity> affinity() {
        return strategy instanceof Strategy.Canary canary ? canary.sessionAffinity() : Optional.empty();
    }
}
