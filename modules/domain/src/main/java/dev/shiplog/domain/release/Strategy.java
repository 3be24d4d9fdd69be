package dev.shiplog.domain.release;

import java.util.Optional;

/** How a rollout replaces the old on one cluster. What is left empty is left to Kubernetes' defaults or the manifest. */
public sealed interface Strategy {

    /** Old pods go as new ones come. */
    record Rolling(
            Optional<Amount> maxSurge, Optional<Amount> maxUnavailable, Optional<Integer> progressDeadlineSeconds)
            implements Strategy {}

    /** All old pods go before the first new one comes. */
    record Recreate(Optional<Integer> progressDeadlineSeconds) implements Strategy {}

    /** As the manifest says. */
    Strategy AS_WRITTEN = new Rolling(Optional.empty(), Optional.empty(), Optional.empty());
}
