package dev.shiplog.domain.release;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a rollout replaces the old on one cluster. What is left empty is left to Kubernetes' defaults or the manifest. */
public sealed interface Strategy {

    /** Whether a release is tried beside the one before, until it is promoted. */
    boolean hasSteps();

    /** Old pods go as new ones come. */
    record Rolling(
            Optional<Amount> maxSurge, Optional<Amount> maxUnavailable, Optional<Integer> progressDeadlineSeconds)
            implements Strategy {
        @Override
        public boolean hasSteps() {
            return false;
        }
    }

    /** All old pods go before the first new one comes. */
    record Recreate(Optional<Integer> progressDeadlineSeconds) implements Strategy {
        @Override
        public boolean hasSteps() {
            return false;
        }
    }

    /**
     * A few new pods beside the old ones, behind the same Services, and more with each step; in the end all.
     *
     * @param maxSurge how many pods there may be above the wanted number while the share moves; default 25%
     * @param maxUnavailable how many there may be below; default 25%
     * @param sessionAffinity keeps a client on one version for as long as there is a canary
     * @param scaleDownDelay how long the canary stays after the promotion; default none
     * @param rollbackWindow an undo to one of so many revisions that users had before the present one takes no steps;
     *     default 1
     * @param trafficRouting divides requests by weight instead of by pods
     */
    record Canary(
            List<CanaryStep> steps,
            Optional<Amount> maxSurge,
            Optional<Amount> maxUnavailable,
            Optional<Integer> progressDeadlineSeconds,
            Optional<SessionAffinity> sessionAffinity,
            Optional<Duration> scaleDownDelay,
            Optional<Integer> rollbackWindow,
            Optional<TrafficRouting> trafficRouting)
            implements Strategy {
        public Canary {
            steps = List.copyOf(steps);
        }

        public Canary(
                List<CanaryStep> steps,
                Optional<Amount> maxSurge,
                Optional<Amount> maxUnavailable,
                Optional<Integer> progressDeadlineSeconds,
                Optional<SessionAffinity> sessionAffinity,
                Optional<Duration> scaleDownDelay,
                Optional<Integer> rollbackWindow) {
            this(
                    steps,
                    maxSurge,
                    maxUnavailable,
                    progressDeadlineSeconds,
                    sessionAffinity,
                    scaleDownDelay,
                    rollbackWindow,
                    Optional.empty());
        }

        @Override
        public boolean hasSteps() {
            return true;
        }
    }

    /** One step of a canary. Analysis of metrics will be another kind of step. */
    sealed interface CanaryStep {

        /**
         * The canary is to have so many per cent of the pods, as near as whole pods come; with traffic routing exactly so
         * many of the requests.
         */
        record SetWeight(int weight) implements CanaryStep {}

        /** The canary is to have so many pods, beside all the old ones. */
        record SetCanaryScale(int replicas) implements CanaryStep {}

        /** @param duration empty: until somebody promotes it */
        record Pause(Optional<Duration> duration) implements CanaryStep {}
    }

    /** By the client's address: Kubernetes' {@code ClientIP}. */
    record SessionAffinity(int timeoutSeconds) {
        public static final int DEFAULT_TIMEOUT_SECONDS = 10_800;
    }

    /** By the weights of an HTTPRoute of the Gateway API: the release's own, or one that is there. */
    record TrafficRouting(String httpRoute) {}

    /**
     * A second full set of pods beside the first; the Services are switched over when all of it is available.
     *
     * @param activeService the Service that users come by; empty: every Service of the release that selects the pods
     * @param previewService the Service that shows the colour users don't see
     * @param autoPromotion when to switch once the new colour is available; default: at once
     * @param previewReplicas how many pods there are before the switch is decided; default: all
     * @param scaleDownDelay how long the former colour is kept; default 30 s
     */
    record BlueGreen(
            Optional<String> activeService,
            Optional<String> previewService,
            AutoPromotion autoPromotion,
            Optional<Integer> previewReplicas,
            CapacityCheck capacityCheck,
            Optional<Duration> scaleDownDelay,
            Optional<Integer> progressDeadlineSeconds)
            implements Strategy {

        public static final Duration DEFAULT_SCALE_DOWN_DELAY = Duration.ofSeconds(30);

        @Override
        public boolean hasSteps() {
            return true;
        }
    }

    sealed interface AutoPromotion {
        /** Until somebody promotes it. */
        record Manual() implements AutoPromotion {}

        record After(Duration duration) implements AutoPromotion {}

        AutoPromotion AT_ONCE = new After(Duration.ZERO);
    }

    /** Whether a cluster must have room for a second set of pods before the first of them is made. */
    enum CapacityCheck {
        ENFORCE,
        WARN,
        OFF
    }

    /** As the manifest says. */
    Strategy AS_WRITTEN = new Rolling(Optional.empty(), Optional.empty(), Optional.empty());
}
