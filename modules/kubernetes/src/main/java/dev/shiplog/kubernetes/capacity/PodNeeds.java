package dev.shiplog.kubernetes.capacity;

import dev.shiplog.domain.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What a pod takes, as the scheduler and quotas count: the containers that run side by side, or the hungriest of the
 * init containers if that is more, and the overhead of its runtime. Init containers that are restarted always run beside
 * those that come after them. A limit without a request counts as the request.
 *
 * <pre>
 *   init    a 500m, then b 300m (always), then c 400m        at most 500m, then 300m + 400m = 700m
 *   run     hello 200m beside b 300m                          500m
 *   cpu                                                       700m
 * </pre>
 *
 * <p>Rules: <a
 * href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers">Sidecar
 * containers, resource sharing</a>.
 */
record PodNeeds(Amounts requests, Amounts limits) {

    static PodNeeds of(Json.Obj podSpec) {
        var requests = sum(podSpec, "requests", Optional.of("limits"));
        var limits = sum(podSpec, "limits", Optional.empty());
        var overhead = Amounts.of(podSpec.object("overhead"));
        return new PodNeeds(requests.plus(overhead), limits.isEmpty() ? limits : limits.plus(overhead));
    }

    private static Amounts sum(Json.Obj podSpec, String kind, Optional<String> orElse) {
        var beside = Amounts.NONE;
        var peak = Amounts.NONE;
        for (var container : objects(podSpec, "initContainers")) {
            var own = amounts(container, kind, orElse);
            boolean stays =
                    container.text("restartPolicy").filter("Always"::equals).isPresent();
            beside = stays ? beside.plus(own) : beside;
            peak = peak.most(stays ? beside : beside.plus(own));
        }
        var running = beside;
        for (var container : objects(podSpec, "containers")) {
            running = running.plus(amounts(container, kind, orElse));
        }
        // What is said of the pod as a whole goes before what its containers say.
        return amounts(podSpec, kind, orElse).orElse(running.most(peak));
    }

    private static Amounts amounts(Json.Obj holder, String kind, Optional<String> orElse) {
        var resources = holder.object("resources");
        var amounts = Amounts.of(resources.object(kind));
        return orElse.map(other -> amounts.orElse(Amounts.of(resources.object(other))))
                .orElse(amounts);
    }

    /** Neither asks for anything nor is limited: the first to go where memory is short, and counted apart by some quotas. */
    boolean isBestEffort() {
        return requests.isEmpty() && limits.isEmpty();
    }

    static List<Json.Obj> objects(Json.Obj holder, String name) {
        return holder.list(name).stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }
}
