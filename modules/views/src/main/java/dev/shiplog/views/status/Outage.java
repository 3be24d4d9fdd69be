package dev.shiplog.views.status;

import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.live.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether users get what is meant, as far as it can be seen: nothing, or something else, and what to type. */
record Outage(Placement placement, Sides sides, Reach reach, Instant now) {

    private static final Duration SETTLING = Duration.ofSeconds(10);

    /** A Service that is gone, leads elsewhere, or to others' pods too. */
    Optional<String> misled() {
        return reach instanceof Reach.Unreachable
                ? Optional.empty()
                : Drift.of(placement, sides)
                        .map(Drift::sentence)
                        .or(users()::hindrance)
                        .or(this::strangers);
    }

    private Optional<String> strangers() {
        return Strangers.of(placement, sides)
                .filter(strangers -> isSettled() || !strangers.mayBeGoing())
                .map(Strangers::sentence);
    }

    /** The same, or one behind which there has been nobody for a while: where nothing is on its way that would change it. */
    Optional<String> atRest() {
        return misled().or(() -> reach instanceof Reach.Unreachable ? Optional.empty() : nobody());
    }

    /** Endpoints come a moment after the pods; those that don't come then are missed by users. */
    private Optional<String> nobody() {
        return users().nobody().filter(ignored -> isSettled()).map(Outage::nothing);
    }

    static String nothing(String nobody) {
        return nobody + ": users get nothing";
    }

    /** Whether what is seen is no passing moment. */
    boolean isSettled() {
        return sides.seen()
                .filter(observation -> !observation.at().plus(SETTLING).isAfter(now))
                .isPresent();
    }

    /**
     * What somebody else has done while the rollout goes on: users had a Service, and it is gone or leads to nobody. What
     * is about to be written, or was a moment ago, says nothing.
     */
    Optional<String> underWay() {
        return isWritten() && isSettled() ? users().cutOff() : Optional.empty();
    }

    /** It is waited for until the Services go where they should, whoever has changed them; pods come one by one. */
    String besideProgress() {
        if (!isWritten()) {
            return "";
        }
        return Drift.of(placement, sides)
                .map(Drift::whileUnderWay)
                .or(() -> placement.good().isPresent() ? nobody() : Optional.empty())
                .or(this::strangers)
                .map(sentence -> "; " + sentence)
                .orElse("");
    }

    private boolean isWritten() {
        return reach instanceof Reach.Reachable
                && placement.carried().written()
                && sides.present().stream()
                        .map(Observation.Workload::mark)
                        .allMatch(placement.position().mark()::equals);
    }

    private Users users() {
        return new Users(placement, sides);
    }
}
