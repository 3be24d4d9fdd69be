package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.StrategyChecks.Problem;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.course.LayoutObjects;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.UserServices;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;

/** What a canary needs whose requests an HTTPRoute divides, as far as the release itself shows it. */
final class RoutingChecks {

    /** Of a Service's name, 63 characters, but for {@code -stable}. */
    private static final int LONGEST_SERVICE_NAME = 56;

    private RoutingChecks() {}

    static Optional<Problem> problem(
            String path,
            Strategy.Canary canary,
            Strategy.TrafficRouting routing,
            ApplicationName application,
            ReleaseSpec spec) {
        var place = path + ".trafficRouting";
        if (canary.sessionAffinity().isPresent()) {
            return problem(
                    path + ".sessionAffinity",
                    "keeps clients on a version, trafficRouting divides requests whoever sends them; leave one out");
        }
        if (routing.httpRoute().isBlank()) {
            return problem(place + ".gatewayAPI.httpRoute", "the name of an HTTPRoute is needed");
        }
        var workload =
                Rendering.mainWorkload(application.name(), spec.objects()).orElseThrow();
        if (!LayoutObjects.isStable(workload)) {
            return problem(
                    place,
                    "the pods of Deployment \"" + workload.name()
                            + "\" need the label track: stable (spec.template.metadata.labels), by which requests find"
                            + " them beside a canary");
        }
        var services = spec.objects().stream()
                .filter(object -> object.kind().equals("Service") && UserServices.selects(object, workload))
                .toList();
        var service = UserServices.routed(application.name(), services);
        return service.isEmpty()
                ? problem(
                        place,
                        "no Service of the release selects the pods of Deployment \"" + workload.name()
                                + "\", so no HTTPRoute can send them requests; add one to spec.objects")
                : withService(place, service.get(), routing, spec.objects());
    }

    private static Optional<Problem> withService(
            String place, KubernetesObject service, Strategy.TrafficRouting routing, List<KubernetesObject> objects) {
        if (service.name().length() > LONGEST_SERVICE_NAME) {
            return problem(
                    place,
                    "the name of Service \"" + service.name() + "\" has more than " + LONGEST_SERVICE_NAME
                            + " characters, which leaves no room for that of its stable pods; use a shorter one");
        }
        for (var side : List.of(Role.PLAIN, Role.CANARY)) {
            var name = Backends.nameOf(service.name(), side);
            if (objects.stream()
                    .anyMatch(object ->
                            object.kind().equals("Service") && object.name().equals(name))) {
                return problem(place, "the release has a Service \"" + name + "\" itself; Shiplog makes that one");
            }
        }
        return objects.stream()
                .filter(object ->
                        object.kind().equals(Backends.KIND) && object.name().equals(routing.httpRoute()))
                .filter(route -> !Backends.has(route.json(), service.name()))
                .findFirst()
                .flatMap(route -> problem(
                        place + ".gatewayAPI.httpRoute",
                        "HTTPRoute \"" + route.name() + "\" of the release has no rule with Service \"" + service.name()
                                + "\" among its backendRefs; add it there"));
    }

    private static Optional<Problem> problem(String path, String sentence) {
        return Optional.of(new Problem(path, sentence));
    }
}
