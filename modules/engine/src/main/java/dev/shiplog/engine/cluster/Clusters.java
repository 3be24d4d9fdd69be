package dev.shiplog.engine.cluster;

import dev.shiplog.domain.rollout.Assignment;
import org.apache.pekko.actor.typed.ActorRef;

/** Where assignments go. */
@FunctionalInterface
public interface Clusters {

    /** Hands the assignment to its cluster, which reports when it has ended. */
    void assign(Assignment assignment, ActorRef<Reported> reportTo);
}
