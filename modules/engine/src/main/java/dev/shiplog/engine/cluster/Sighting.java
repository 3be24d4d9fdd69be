package dev.shiplog.engine.cluster;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Observation;

/** What a gateway sees of its cluster. */
public sealed interface Sighting {

    /** An application's objects have changed, or were listed anew. */
    record Seen(Observation observation) implements Sighting {}

    /** Nothing of an application is there any more. */
    record Vanished(ApplicationName application) implements Sighting {}

    /** The API server answers. */
    record Reached(String version) implements Sighting {}

    /** The API server does not answer, or refuses us altogether. */
    record Lost(Trouble trouble) implements Sighting {}
}
