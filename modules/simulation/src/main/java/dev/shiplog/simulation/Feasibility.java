package dev.shiplog.simulation;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.Optional;
import java.util.stream.Stream;

/** What has to be there before anything is written: the route, and room. */
final class Feasibility {

    private Feasibility() {}

    static Optional<Trouble> impossibility(RolloutTask.Apply task, SimulatedCluster cluster) {
        boolean isAborting = task.assignment().directions().aborting();
        boolean isRouteMissing = Stream.concat(task.needed().stream(), task.routes().stream())
                .filter(share -> share.service().isPresent())
                .anyMatch(share -> !share.route().equals(SharedRoute.KEY)
                        || cluster.route().flatMap(SharedRoute::json).isEmpty());
        if (isRouteMissing && !isAborting) {
            return Optional.of(new Trouble(Trouble.Kind.INVALID, "there is no such route"));
        }
        if (task.capacity() == Strategy.CapacityCheck.ENFORCE) {
            int more = Stream.concat(task.objects().stream(), task.later().stream())
                    .filter(KubernetesObject::isWorkload)
                    .mapToInt(workload -> growth(workload, cluster))
                    .sum();
            if (more > cluster.room()) {
                return Optional.of(new Trouble(
                        Trouble.Kind.INSUFFICIENT_CAPACITY, more + " more pods, room for " + cluster.room()));
            }
        }
        return Optional.empty();
    }

    private static int growth(KubernetesObject workload, SimulatedCluster cluster) {
        int wanted = workload.json().object("spec").number("replicas").orElse(1);
        return Math.max(
                0,
                wanted - cluster.get(workload.key()).map(SimulatedObject::pods).orElse(0));
    }
}
