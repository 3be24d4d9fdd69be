package dev.shiplog.domain.rollout;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.course.RouteShare;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a rollout is owed by the world. */
public sealed interface RolloutTask {

    /**
     * Write these objects of the assignment, in this order, marked with its generation and the leg.
     *
     * @param capacity whether there must be room for the pods that they add
     * @param later what comes when some of the others have gone, for which there must be room as well
     * @param routes what to write into HTTPRoutes of others, after the Services and before the pods
     * @param needed HTTPRoutes of others that have to be there, though nothing is written into them yet
     */
    record Apply(
            Assignment assignment,
            int leg,
            List<KubernetesObject> objects,
            Strategy.CapacityCheck capacity,
            List<KubernetesObject> later,
            List<RouteShare> routes,
            List<RouteShare> needed)
            implements RolloutTask {
        public Apply {
            objects = List.copyOf(objects);
            later = List.copyOf(later);
            routes = List.copyOf(routes);
            needed = List.copyOf(needed);
        }

        public Apply(Assignment assignment, int leg, List<KubernetesObject> objects, Strategy.CapacityCheck capacity) {
            this(assignment, leg, objects, capacity, List.of(), List.of(), List.of());
        }

        public Observation.Mark mark() {
            return new Observation.Mark(assignment.generation(), leg);
        }
    }

    /**
     * Delete objects, unless they carry a newer mark: an outrun owner, or a late request, deletes nothing. Of an HTTPRoute
     * that is somebody else's, only what was written into it goes.
     *
     * @param force whether Deployments go, too, that Shiplog has not made: one whose place the release has taken
     */
    record Delete(
            ApplicationName application, String cluster, int generation, int leg, Set<ObjectKey> objects, boolean force)
            implements RolloutTask {
        public Delete {
            objects = Set.copyOf(objects);
        }

        public Delete(ApplicationName application, String cluster, int generation, int leg, Set<ObjectKey> objects) {
            this(application, cluster, generation, leg, objects, false);
        }

        public Observation.Mark mark() {
            return new Observation.Mark(generation, leg);
        }
    }

    /** Say what the cluster shows: the rollout waits for its workloads. */
    record Watch(ApplicationName application, String cluster, int generation, int leg) implements RolloutTask {}

    /** Say when the moment has come. */
    record Await(Instant until) implements RolloutTask {}

    /** Tell the application how the generation stands or ended; it asks again until it has heard. */
    record Tell(ApplicationName application, ApplicationCommand.Report report) implements RolloutTask {}
}
