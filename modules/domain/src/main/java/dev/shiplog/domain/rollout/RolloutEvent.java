package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has happened to a rollout. */
public sealed interface RolloutEvent {

    /** @param layout the first that is written in this generation; nothing when the application is to be removed */
    record Assigned(Assignment assignment, Layout layout, int step) implements RolloutEvent {

        /** In the way of a rolling update: one Deployment, rolled over in place. */
        public static Assigned inPlace(Assignment assignment) {
            var replicas = Rendering.mainWorkload(assignment.application().name(), assignment.objects())
                    .flatMap(workload -> workload.json().object("spec").number("replicas"));
            return new Assigned(assignment, assignment.removing() ? Layout.NONE : Layout.plain(replicas), 0);
        }
    }

    /** @param warning what people should know, though it stood in nobody's way */
    record Applied(int generation, Optional<String> warning) implements RolloutEvent {
        public Applied(int generation) {
            this(generation, Optional.empty());
        }
    }

    /** A layout stood with all its pods, and the next one is written; or some of it has gone, and it is written unweighted. */
    record Advanced(int generation, Layout layout, int step, boolean clearing) implements RolloutEvent {}

    /** A step waits: until the moment, or until somebody promotes it. */
    record Held(int generation, int step, Optional<Instant> until) implements RolloutEvent {}

    /** Requests go to other pods than before, all at once, as the endpoints show. */
    record Switched(
            int generation,
            int revision,
            List<String> services,
            Role from,
            Role to,
            Map<String, String> selectorBefore,
            Map<String, String> selectorAfter)
            implements RolloutEvent {
        public Switched {
            services = List.copyOf(services);
            selectorBefore = Map.copyOf(selectorBefore);
            selectorAfter = Map.copyOf(selectorAfter);
        }
    }

    /** Something stands in the way that may pass; the work is still owed. */
    record Hindered(int generation, Trouble trouble) implements RolloutEvent {}

    /** @param kept what stays for a while, in case somebody wants to go back */
    record Completed(int generation, int revision, Optional<Kept> kept) implements RolloutEvent {
        public Completed(int generation, int revision) {
            this(generation, revision, Optional.empty());
        }
    }

    /** The last good release is back, whole. */
    record Aborted(int generation, int revision) implements RolloutEvent {}

    record Failed(int generation, int revision, Trouble trouble) implements RolloutEvent {}

    /** The time for which the former pods were kept is over. */
    record Released(int generation) implements RolloutEvent {}

    /** Objects that no longer belong to the application are gone from the cluster. */
    record Pruned(int generation, Set<ObjectKey> objects) implements RolloutEvent {
        public Pruned {
            objects = Set.copyOf(objects);
        }
    }

    record Removed(int generation) implements RolloutEvent {}

    /** The pods of a role, with their configuration. */
    record Kept(Role role, Instant until, Set<ObjectKey> objects) {
        public Kept {
            objects = Set.copyOf(objects);
        }
    }
}
