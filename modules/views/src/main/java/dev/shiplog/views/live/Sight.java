package dev.shiplog.views.live;

import dev.shiplog.domain.rollout.Observation;
import java.time.Instant;

/** What a cluster was last seen to have of an application. */
public sealed interface Sight {

    /** It has not shown anything since we started. */
    record Unseen() implements Sight {}

    record Seen(Observation observation) implements Sight {}

    /** Nothing of it is there any more. */
    record Gone(Instant at) implements Sight {}
}
