package dev.shiplog.domain.course;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import java.util.Optional;

/** The Deployment of one side of a layout: that of a release, under the side's name, labels and number of pods. */
final class SideDeployment {

    private SideDeployment() {}

    static ObjectKey key(KubernetesObject workload, Role role) {
        var key = workload.key();
        return new ObjectKey(key.apiVersion(), key.kind(), key.namespace(), role.nameOf(key.name()));
    }

    /**
     * @param workload as its release has it
     * @param next how the release on its way replaces pods; those of the last good one go and come so too: it may have
     *     been recreated, once
     */
    static KubernetesObject of(KubernetesObject workload, Role role, Side side, Optional<Json> next, boolean paused) {
        var placed = workload.json().withObject("spec", spec -> {
            var scaled = side.replicas()
                    .map(replicas -> spec.with("replicas", Json.number(replicas)))
                    .orElse(spec);
            return next.map(strategy -> scaled.with("strategy", strategy))
                    .orElseGet(() -> scaled.without("strategy"))
                    .with("paused", Json.bool(paused && side.content() == Content.NEW));
        });
        return workload.withJson(role == Role.PLAIN ? placed : named(placed, role.nameOf(workload.name()), role));
    }

    private static Json.Obj named(Json.Obj json, String name, Role role) {
        return json.withObject("metadata", metadata -> labelled(metadata.with("name", Json.text(name)), "labels", role))
                .withObject(
                        "spec",
                        spec -> spec.withObject("selector", selector -> labelled(selector, "matchLabels", role))
                                .withObject(
                                        "template",
                                        template -> template.withObject(
                                                "metadata", metadata -> labelled(metadata, "labels", role))));
    }

    private static Json.Obj labelled(Json.Obj object, String field, Role role) {
        return object.withObject(field, labels -> labels.with(role.label(), Json.text(role.word())));
    }
}
