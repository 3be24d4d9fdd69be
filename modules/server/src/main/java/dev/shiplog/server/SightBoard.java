package dev.shiplog.server;

import dev.shiplog.engine.cluster.Sighting;
import dev.shiplog.engine.live.LiveBoard;
import dev.shiplog.views.live.ClusterSight;

/** Pins what the actors see to the read model's picture of now. */
record SightBoard(ClusterSight sight) implements LiveBoard {

    @Override
    public void saw(String cluster, Sighting sighting) {
        switch (sighting) {
            case Sighting.Seen seen -> sight.seen(cluster, seen.observation());
            case Sighting.Vanished vanished -> sight.vanished(cluster, vanished.application());
            case Sighting.Reached reached -> sight.reached(cluster, reached.version());
            case Sighting.Lost lost -> sight.lost(cluster, lost.trouble());
        }
    }
}
