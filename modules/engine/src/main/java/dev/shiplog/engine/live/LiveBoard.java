package dev.shiplog.engine.live;

import dev.shiplog.engine.cluster.Sighting;

/** Where the clusters' actors pin what they see; nothing of it is kept, and nothing is decided by it. */
public interface LiveBoard {

    void saw(String cluster, Sighting sighting);
}
