package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.ObjectKey;
import java.util.Set;

/** What has happened to a rollout. */
public sealed interface RolloutEvent {

    record Assigned(Assignment assignment) implements RolloutEvent {}

    record Applied(int generation) implements RolloutEvent {}

    /** Something stands in the way that may pass; the work is still owed. */
    record Hindered(int generation, Trouble trouble) implements RolloutEvent {}

    record Completed(int generation, int revision) implements RolloutEvent {}

    record Failed(int generation, int revision, Trouble trouble) implements RolloutEvent {}

    /** Objects that no longer belong to the application are gone from the cluster. */
    record Pruned(int generation, Set<ObjectKey> objects) implements RolloutEvent {
        public Pruned {
            objects = Set.copyOf(objects);
        }
    }

    record Removed(int generation) implements RolloutEvent {}
}
