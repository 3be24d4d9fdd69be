package dev.shiplog.simulation;

import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * How many ready pods the Services of an application are promised on a cluster: the replicas less those that may be
 * unavailable. While one assignment takes the place of another, the smaller number of both counts. Who has asked for an
 * application to be deleted is promised nothing until a later release has completed.
 */
final class Floors {

    private final InForce inForce;
    private final Set<String> givenUp = new HashSet<>();

    /** Asked for at every moment of a world, and told by much text. */
    private final IdentityHashMap<Assignment, Integer> floors = new IdentityHashMap<>();

    Floors(InForce inForce) {
        this.inForce = inForce;
    }

    void assigned(String place, Assignment assignment) {
        if (assignment.removing()) {
            givenUp.add(place);
        }
    }

    void completed(String place) {
        givenUp.remove(place);
    }

    int of(String place, long nowMillis) {
        return givenUp.contains(place)
                ? 0
                : inForce.at(place, nowMillis).stream()
                        .mapToInt(asked -> floors.computeIfAbsent(asked.assignment(), Floors::floor))
                        .min()
                        .orElse(0);
    }

    /** Nothing where the number of pods is left open. */
    private static int floor(Assignment assignment) {
        if (assignment.removing() || assignment.strategy() instanceof Strategy.Recreate) {
            return 0;
        }
        return Rendering.mainWorkload(assignment.application().name(), assignment.objects())
                .filter(workload ->
                        workload.json().object("spec").number("replicas").isPresent())
                .map(SimulatedDeployment::floor)
                .orElse(0);
    }
}
