package dev.shiplog.domain.rollout;

import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.release.ObjectKey;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A rollout as its events have made it.
 *
 * @param assignment the newest; empty before the first
 * @param written every object that was or may have been written and is not known to be gone
 */
public record Rollout(Optional<Assignment> assignment, Stage stage, Set<ObjectKey> written) {

    public static final Rollout NONE = new Rollout(Optional.empty(), new Stage.Idle(), Set.of());

    /** Where it stands. {@code Completed}, {@code Failed} and {@code Removed} are final for their generation. */
    public sealed interface Stage {
        record Idle() implements Stage {}

        record Applying(Optional<Trouble> hindrance) implements Stage {}

        /** @param since when the last object was written */
        record Rolling(Instant since) implements Stage {}

        record Removing(Optional<Trouble> hindrance) implements Stage {}

        /** Done; leftovers are deleted before it is told, unless that is hindered. */
        record Completed(Optional<Trouble> hindrance) implements Stage {}

        record Failed(Trouble trouble) implements Stage {}

        record Removed() implements Stage {}
    }

    public Rollout {
        written = Set.copyOf(written);
    }

    public int generation() {
        return assignment.map(Assignment::generation).orElse(0);
    }

    /** What is on the cluster and belongs to it no longer. */
    public Set<ObjectKey> leftovers() {
        var rest = new LinkedHashSet<>(written);
        assignment.ifPresent(present -> present.objects().forEach(object -> rest.remove(object.key())));
        return rest;
    }

    Rollout at(Stage next) {
        return new Rollout(assignment, next, written);
    }
}
