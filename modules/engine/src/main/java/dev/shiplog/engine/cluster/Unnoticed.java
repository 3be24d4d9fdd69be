package dev.shiplog.engine.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gateway has seen and the cluster's actor has not taken note of yet: of each application, and of being in touch,
 * the latest only, since a sighting says how things are and not what has changed. So however far the actor lags behind a
 * restless cluster, no more is kept than there are applications on it.
 */
final class Unnoticed {

    private final Map<Object, Sighting> latest = new LinkedHashMap<>();

    /** Whether there was nothing before, so that the actor is to be told to look. */
    synchronized boolean add(Sighting sighting) {
        boolean first = latest.isEmpty();
        latest.put(subject(sighting), sighting);
        return first;
    }

    /** All of them, in the order in which their subjects came up. */
    synchronized List<Sighting> take() {
        var all = new ArrayList<>(latest.values());
        latest.clear();
        return all;
    }

    private static Object subject(Sighting sighting) {
        return switch (sighting) {
            case Sighting.Seen seen -> seen.observation().application();
            case Sighting.Vanished vanished -> vanished.application();
            case Sighting.Reached ignored -> Sighting.Reached.class;
            case Sighting.Lost ignored -> Sighting.Reached.class;
        };
    }
}
