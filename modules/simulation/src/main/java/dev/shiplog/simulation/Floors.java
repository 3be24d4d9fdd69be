package dev.shiplog.simulation;

import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many ready pods the Services of an application are promised on a cluster: the replicas less those that may be
 * unavailable. While one assignment takes the place of another, the smaller number of both counts. Who has asked for an
 * application to be deleted is promised nothing until a later release has completed.
 */
final class Floors {

    /** Longer than a cluster goes on with what it was asked before. */
    private static final long RECENTLY_MILLIS = 120_000;

    private record Entry(long sinceMillis, int floor) {}

    private final Map<String, List<Entry>> entries = new HashMap<>();
    private final Set<String> givenUp = new HashSet<>();

    void assigned(String place, Assignment assignment, int pods, long nowMillis) {
        var all = entries.computeIfAbsent(place, absent -> new ArrayList<>());
        all.add(new Entry(nowMillis, floor(assignment, pods)));
        if (assignment.removing()) {
            givenUp.add(place);
        }
    }

    void completed(String place) {
        givenUp.remove(place);
    }

    private static int floor(Assignment assignment, int pods) {
        if (assignment.removing() || assignment.strategy() instanceof Strategy.Recreate) {
            return 0;
        }
        return Rendering.mainWorkload(assignment.application().name(), assignment.objects())
                .map(workload -> SimulatedDeployment.floor(withPods(workload, pods)))
                .orElse(0);
    }

    private static KubernetesObject withPods(KubernetesObject workload, int pods) {
        return workload.withJson(workload.json()
                .withObject("spec", spec -> spec.with("replicas", dev.shiplog.domain.json.Json.number(pods))));
    }

    int of(String place, long nowMillis) {
        var all = entries.getOrDefault(place, List.of());
        int floor = Integer.MAX_VALUE;
        for (int i = 0; i < all.size(); i++) {
            boolean counts = i == all.size() - 1 || nowMillis - all.get(i + 1).sinceMillis() < RECENTLY_MILLIS;
            floor = counts ? Math.min(floor, all.get(i).floor()) : floor;
        }
        return floor == Integer.MAX_VALUE || givenUp.contains(place) ? 0 : floor;
    }
}
