package dev.shiplog.domain.course;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom the Services select while pods of two releases serve. A Service may select a version, {@code app: hello, version:
 * 2.0.0}, which pods that are still to be replaced, or a canary's, don't have. Then it is widened for as long: it selects
 * only what its Deployment selects too, since all pods of a Deployment have that, whatever their template was.
 *
 * @param newMissesGood whether a Service of the release on its way misses pods of the last good one
 * @param goodMissesNew whether one of the last good release misses pods of the one on its way
 * @param mayMiss whether one selects more than all pods of its Deployment have for certain
 */
public record Selectors(boolean newMissesGood, boolean goodMissesNew, boolean mayMiss) {

    /**
     * @param good the objects of the last good release
     * @param wanted those of the release on its way
     */
    static Selectors of(List<KubernetesObject> good, List<KubernetesObject> wanted) {
        return new Selectors(
                missedByLater(good, wanted),
                missedByLater(wanted, good),
                Stream.of(good, wanted)
                        .anyMatch(objects -> objects.stream()
                                .anyMatch(object -> !widened(object, objects).equals(object))));
    }

    /** Whether the Services miss pods that have this content, when they are those of the release that replaces them. */
    boolean misses(Content replaced) {
        return switch (replaced) {
            case GOOD -> newMissesGood;
            case NEW -> goodMissesNew;
            case OTHER -> mayMiss;
        };
    }

    /**
     * A Service selects what its Deployment does, and no other pods that the release may have; of several Deployments it
     * goes on selecting each. What is no such Service stays as it is.
     */
    static KubernetesObject widened(KubernetesObject object, List<KubernetesObject> objects) {
        if (!UserServices.isService(object)) {
            return object;
        }
        var certain = objects.stream()
                .filter(workload -> workload.isWorkload() && UserServices.selects(object, workload))
                .map(workload ->
                        workload.json().object("spec").object("selector").object("matchLabels"))
                .toList();
        var selector = UserServices.selector(object);
        var common = selector;
        for (var label : selector.members().entrySet()) {
            boolean isCertain = certain.stream()
                    .allMatch(labels -> label.getValue().equals(labels.members().get(label.getKey())));
            common = isCertain ? common : common.without(label.getKey());
        }
        var wide = certain.size() == 1 ? ofAll(certain.getFirst(), selector) : common;
        boolean isWideEnough = common.equals(selector) || wide.members().isEmpty();
        return isWideEnough ? object : selecting(object, wide);
    }

    /** What all pods of the Deployment have; and its canary's too, unless the Service leaves that out by itself. */
    private static Json.Obj ofAll(Json.Obj matchLabels, Json.Obj selector) {
        return selector.members().containsKey(Role.TRACK) ? matchLabels : matchLabels.without(Role.TRACK);
    }

    private static KubernetesObject selecting(KubernetesObject service, Json.Obj selector) {
        return service.withJson(service.json().withObject("spec", spec -> spec.with("selector", selector)));
    }

    /** Whether Services of the second miss pods of the first. */
    private static boolean missedByLater(List<KubernetesObject> before, List<KubernetesObject> after) {
        return after.stream()
                .filter(UserServices::isService)
                .anyMatch(service -> after.stream()
                        .filter(workload -> workload.isWorkload() && UserServices.selects(service, workload))
                        .anyMatch(workload -> misses(service, workload.key(), before)));
    }

    private static boolean misses(KubernetesObject service, ObjectKey workload, List<KubernetesObject> before) {
        return before.stream().anyMatch(same -> same.key().equals(workload) && !UserServices.selects(service, same));
    }
}
