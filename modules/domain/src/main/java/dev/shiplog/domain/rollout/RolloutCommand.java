package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.ObjectKey;
import java.util.Optional;
import java.util.Set;

/** What a rollout is told. */
public sealed interface RolloutCommand {

    record Assign(Assignment assignment) implements RolloutCommand {}

    /**
     * Every object of the leg is written.
     *
     * @param warning what people should know, though it stood in nobody's way
     */
    record ConfirmApplied(int generation, int leg, Optional<String> warning) implements RolloutCommand {
        public ConfirmApplied(int generation, int leg) {
            this(generation, leg, Optional.empty());
        }
    }

    /** The objects are gone. */
    record ConfirmDeleted(int generation, Set<ObjectKey> objects) implements RolloutCommand {
        public ConfirmDeleted {
            objects = Set.copyOf(objects);
        }
    }

    /** Writing or deleting met trouble. */
    record MeetTrouble(int generation, Trouble trouble) implements RolloutCommand {}

    record Observe(Observation observation) implements RolloutCommand {}

    /** A moment that was awaited may have come. */
    record PassTime() implements RolloutCommand {}
}
