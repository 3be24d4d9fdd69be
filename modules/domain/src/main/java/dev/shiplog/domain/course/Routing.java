package dev.shiplog.domain.course;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a canary needs whose share is one of requests: a Service for each side, and a route that knows both. The user's own
 * Service keeps selecting both sides.
 *
 * @param route the name of the HTTPRoute
 * @param service the application's Service, as it is written
 */
record Routing(String route, KubernetesObject service) {

    static boolean isRoute(ObjectKey key) {
        return key.kind().equals(Backends.KIND) && key.apiVersion().startsWith("gateway.networking.k8s.io/");
    }

    ObjectKey key() {
        return new ObjectKey(Backends.API_VERSION, Backends.KIND, service.namespace(), route);
    }

    boolean isOf(KubernetesObject object) {
        return isRoute(object.key()) && object.name().equals(route);
    }

    List<KubernetesObject> services() {
        return List.of(of(Role.PLAIN, Role.STABLE), of(Role.CANARY, Role.CANARY.word()));
    }

    String nameOf(Role side) {
        return Backends.nameOf(service.name(), side);
    }

    /** With the weight, if the layout has one. */
    KubernetesObject divided(KubernetesObject object, Optional<Integer> weight) {
        return weight.map(share -> object.withJson(Backends.divided(object.json(), service.name(), share)))
                .orElse(object);
    }

    RouteShare share(Optional<Integer> weight) {
        return new RouteShare(key(), Optional.of(service.name()), weight);
    }

    /** Inside the cluster only, whatever the Service itself is: its ports, its selector and the track. */
    private KubernetesObject of(Role side, String track) {
        var metadata = service.json().object("metadata");
        var spec = service.json().object("spec");
        var ports = spec.list("ports").stream()
                .map(port -> port instanceof Json.Obj obj ? obj.without("nodePort") : port)
                .toList();
        return service.withJson(Json.EMPTY
                .with("apiVersion", Json.text("v1"))
                .with("kind", Json.text("Service"))
                .with(
                        "metadata",
                        Json.EMPTY
                                .with("name", Json.text(nameOf(side)))
                                .with("namespace", Json.text(service.namespace()))
                                .with("labels", metadata.object("labels"))
                                .with("annotations", ours(metadata.object("annotations"))))
                .with(
                        "spec",
                        Json.EMPTY
                                .with("selector", spec.object("selector").with(Role.TRACK, Json.text(track)))
                                .with("ports", Json.array(ports))));
    }

    /** What is said to a load balancer is said of the user's Service alone. */
    private static Json.Obj ours(Json.Obj annotations) {
        var kept = annotations;
        Set<String> names = new LinkedHashSet<>(annotations.members().keySet());
        for (var name : names) {
            kept = name.startsWith("shiplog.dev/") ? kept : kept.without(name);
        }
        return kept;
    }
}
