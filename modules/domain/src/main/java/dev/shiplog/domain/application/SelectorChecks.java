package dev.shiplog.domain.application;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.StrategyChecks.Problem;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.LayoutObjects;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.course.UserServices;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the Services that users of a cluster come by select a canary's pods beside the stable ones: while there is a
 * canary they are those of the release that was good. A Service that selects {@code track: stable} would never find it.
 *
 * @param cluster its name
 * @param before the objects that users are served by there
 * @param wanted the objects that are to take their place
 */
record SelectorChecks(
        ApplicationName application, String cluster, List<KubernetesObject> before, List<KubernetesObject> wanted) {

    /** @param path where the strategy is written */
    Optional<Problem> problem(Strategy.Canary strategy, String path) {
        var objects = new LayoutObjects(application.name(), before, wanted, strategy, false);
        var any = Optional.<Integer>empty();
        var stable = objects.pods(Role.PLAIN, new Side(Content.GOOD, any));
        var canary = objects.pods(Role.CANARY, new Side(Content.NEW, any));
        if (stable.isEmpty() || canary.isEmpty()) {
            return Optional.empty();
        }
        boolean isRouted = strategy.trafficRouting().isPresent();
        return objects.of(Layout.canary(objects.selectors().goodMissesNew())).stream()
                .filter(UserServices::isService)
                .filter(service -> UserServices.selects(service, stable.get()))
                .flatMap(service -> problem(service, missing(service, canary.get(), isRouted), path).stream())
                .findFirst();
    }

    private Optional<Problem> problem(KubernetesObject service, Json.Obj missing, String path) {
        return missing.members().isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        path,
                        "Service \"" + service.name() + "\" on \"" + cluster + "\" selects " + words(missing)
                                + ", which the canary's pods don't have, so no request would come to them; release the"
                                + " Service once without "
                                + String.join(" and ", missing.members().keySet())
                                + " in its selector, with strategy rolling, and then this one"));
    }

    /** Under a route each side has a Service of its own, which selects its track. */
    private static Json.Obj missing(KubernetesObject service, KubernetesObject workload, boolean isRouted) {
        var missing = UserServices.missing(service, workload);
        return isRouted ? missing.without(Role.TRACK) : missing;
    }

    /** {@code app: hello, version: 2.0.0}. */
    static String words(Json.Obj labels) {
        return labels.members().keySet().stream()
                .map(label -> label + ": " + labels.text(label).orElse(""))
                .collect(Collectors.joining(", "));
    }
}
