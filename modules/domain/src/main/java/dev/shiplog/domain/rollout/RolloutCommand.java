package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.ObjectKey;
import java.util.Set;

/** What a rollout is told. */
public sealed interface RolloutCommand {

    record Assign(Assignment assignment) implements RolloutCommand {}

    /** Every object of the generation is written. */
    record ConfirmApplied(int generation) implements RolloutCommand {}

    /** The objects are gone. */
    record ConfirmDeleted(int generation, Set<ObjectKey> objects) implements RolloutCommand {
        public ConfirmDeleted {
            objects = Set.copyOf(objects);
        }
    }

    /** Writing or deleting met trouble. */
    record MeetTrouble(int generation, Trouble trouble) implements RolloutCommand {}

    record Observe(Observation observation) implements RolloutCommand {}
}
