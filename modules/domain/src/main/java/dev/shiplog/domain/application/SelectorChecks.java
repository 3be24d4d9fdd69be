package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.StrategyChecks.Problem;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.UserServices;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the Services select all pods that are to serve while a release takes the place of the one before. A Service
 * that selects a version, {@code app: hello, version: 2.0.0}, is for pods that are switched to when they are ready, as
 * with colours. Where pods are replaced one by one it would select none at first, and where they stand beside each other
 * only the one kind.
 *
 * @param cluster its name
 * @param before the objects that users are served by there
 * @param wanted the objects that are to take their place
 */
record SelectorChecks(
        ApplicationName application, String cluster, List<KubernetesObject> before, List<KubernetesObject> wanted) {

    /** @param fromColour whether a colour serves, which the Services leave only when the plain pods are ready */
    Optional<Problem> problem(Strategy strategy, String strategyPath, boolean fromColour, ReleaseSpec spec) {
        return switch (strategy) {
            case Strategy.Rolling ignored -> fromColour ? Optional.empty() : selectingTooEarly(spec);
            case Strategy.Recreate ignored -> Optional.empty();
            case Strategy.BlueGreen ignored -> Optional.empty();
            case Strategy.Canary canary ->
                selectingTooEarly(spec)
                        .or(() -> missingCanary(
                                strategyPath, canary.trafficRouting().isPresent()));
        };
    }

    /** Services lead to new pods from the beginning, when there are only the old ones. */
    private Optional<Problem> selectingTooEarly(ReleaseSpec spec) {
        for (var service : services(wanted)) {
            var left = services(before).stream()
                    .filter(same -> same.name().equals(service.name()))
                    .flatMap(same -> selected(same, before).stream())
                    .toList();
            boolean isTooEarly = !left.isEmpty()
                    && selected(service, before).isEmpty()
                    && !selected(service, wanted).isEmpty();
            if (isTooEarly) {
                var labels = missing(service, left.getFirst(), false);
                return Optional.of(new Problem(
                        "spec.objects[" + indexOf(service, spec) + "].spec.selector",
                        "Service \"" + service.name() + "\" selects " + words(labels)
                                + ", which the pods that run on \"" + cluster
                                + "\" don't have: nobody would be served until the new ones are ready; leave "
                                + names(labels) + " out of the selector, or use blueGreen"));
            }
        }
        return Optional.empty();
    }

    /** While there is a canary the Services are those of the release that was good. */
    private Optional<Problem> missingCanary(String path, boolean isRouted) {
        var stable = Rendering.mainWorkload(application.name(), before);
        var tried = Rendering.mainWorkload(application.name(), wanted).map(SelectorChecks::asCanary);
        if (stable.isEmpty() || tried.isEmpty()) {
            return Optional.empty();
        }
        for (var service : services(before)) {
            var labels = missing(service, tried.get(), isRouted);
            if (UserServices.selects(service, stable.get()) && !labels.members().isEmpty()) {
                return Optional.of(new Problem(
                        path,
                        "Service \"" + service.name() + "\" on \"" + cluster + "\" selects " + words(labels)
                                + ", which the canary's pods don't have, so no request would come to them; release the"
                                + " Service once without "
                                + names(labels) + " in its selector, with strategy rolling, and then this one"));
            }
        }
        return Optional.empty();
    }

    /** Under a route each side has a Service of its own, which selects its track. */
    private static Json.Obj missing(KubernetesObject service, KubernetesObject workload, boolean isRouted) {
        var missing = UserServices.missing(service, workload);
        return isRouted ? missing.without(Role.TRACK) : missing;
    }

    private static KubernetesObject asCanary(KubernetesObject workload) {
        return workload.withJson(workload.json()
                .withObject(
                        "spec",
                        spec -> spec.withObject(
                                "template",
                                template -> template.withObject(
                                        "metadata",
                                        metadata -> metadata.withObject(
                                                "labels",
                                                labels -> labels.with(
                                                        Role.CANARY.label(), Json.text(Role.CANARY.word())))))));
    }

    private static List<KubernetesObject> selected(KubernetesObject service, List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.isWorkload() && UserServices.selects(service, object))
                .toList();
    }

    private static List<KubernetesObject> services(List<KubernetesObject> objects) {
        return objects.stream()
                .filter(object -> object.kind().equals("Service"))
                .toList();
    }

    private static int indexOf(KubernetesObject service, ReleaseSpec spec) {
        int index = 0;
        for (var object : spec.objects()) {
            if (object.kind().equals("Service") && object.name().equals(service.name())) {
                return index;
            }
            index++;
        }
        return 0;
    }

    /** {@code app: hello, version: 2.0.0}. */
    static String words(Json.Obj labels) {
        return labels.members().keySet().stream()
                .map(label -> label + ": " + labels.text(label).orElse(""))
                .collect(Collectors.joining(", "));
    }

    private static String names(Json.Obj labels) {
        return String.join(" and ", labels.members().keySet());
    }
}
