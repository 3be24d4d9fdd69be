package dev.shiplog.domain.rollout;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.release.ObjectKey;
import java.util.Set;

/** What a rollout is owed by the world. */
public sealed interface RolloutTask {

    /** Write all objects of the assignment. */
    record Apply(Assignment assignment) implements RolloutTask {}

    /** Delete objects; of the generation, so that an outrun owner deletes nothing. */
    record Delete(ApplicationName application, String cluster, int generation, Set<ObjectKey> objects)
            implements RolloutTask {
        public Delete {
            objects = Set.copyOf(objects);
        }
    }

    /** Say what the cluster shows: the rollout waits for its workloads. */
    record Watch(ApplicationName application, String cluster, int generation) implements RolloutTask {}

    /** Tell the application how the generation ended; it asks again until it has heard. */
    record Tell(ApplicationName application, ApplicationCommand.Report report) implements RolloutTask {}
}
