package dev.shiplog.engine.cluster;

import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import java.util.function.Consumer;

/**
 * One cluster, as its actor sees it: writes that may be repeated, and a stream of sightings.
 *
 * <p>Every write is fenced: a writer that finds objects marked with a newer generation or leg writes nothing and answers {@code
 * OUTRUN}. Neither method blocks, and neither throws: whatever goes wrong is an answer.
 */
public interface ClusterGateway extends AutoCloseable {

    /** Writes the objects of the task, in order; answers {@code ConfirmApplied} or {@code MeetTrouble}. */
    void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer);

    /**
     * Deletes objects, absent ones too; answers {@code ConfirmDeleted} or {@code MeetTrouble}, or, where only some have gone,
     * first the one with these and then the other.
     */
    void delete(RolloutTask.Delete task, Consumer<RolloutCommand> answer);

    /** Shows the application again, as a sighting, even where nothing has changed. */
    void look(RolloutTask.Watch task);

    @Override
    void close();
}
