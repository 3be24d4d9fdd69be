package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import java.util.Optional;

/** Told of everything that happens on a cluster, at the moment it does. */
interface Witness {

    /**
     * @param present what the object takes the place of
     * @param writerKnows the newest mark that the writer had been asked for when it sent this
     */
    void written(
            SimulatedCluster cluster, Optional<SimulatedObject> present, KubernetesObject object, Mark writerKnows);

    void deleted(SimulatedCluster cluster, ObjectKey key, SimulatedObject present);

    /** An application has changed the route that all share. */
    void routed(
            SimulatedCluster cluster,
            ApplicationName application,
            SharedRoute.Read present,
            SharedRoute.Note note,
            Mark writerKnows);

    void wiped(SimulatedCluster cluster);

    /** A controller has looked. */
    void synced(SimulatedCluster cluster, SimulatedObject object, int readyBefore, SimulatedDeployment deployment);

    /** What serves may have changed. */
    void serves(SimulatedCluster cluster, ApplicationName application);

    /** A watch tells of it. */
    void noticed(Observation seen);
}
