package dev.shiplog.engine.cluster;

import java.util.function.Consumer;

/** Opens the gateway to a cluster by name; returns at once and keeps connecting for ever, telling how it goes. */
public interface ClusterGateways {

    ClusterGateway open(String cluster, Consumer<Sighting> sightings);
}
