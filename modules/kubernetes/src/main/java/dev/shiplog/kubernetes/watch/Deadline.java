package dev.shiplog.kubernetes.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a Deployment's condition "progress deadline exceeded" is about its present generation.
 *
 * <p>After a change the condition of the failure before stands for a while, with an observedGeneration that is current
 * already, and it stays for good where the change leaves the pods as they are. So the condition that was there when the
 * generation changed says nothing about the new one, until the new one has had its own deadline.
 *
 * @param stale the update time of a condition that an earlier generation left behind
 * @param since when the generation was first seen
 */
record Deadline(long generation, Instant since, Optional<String> stale) {

    static Deadline first(Shown.Deployed deployed, Instant at) {
        return new Deadline(deployed.workload().generation(), at, Optional.empty());
    }

    Deadline next(Shown.Deployed before, Shown.Deployed now, Instant at) {
        return now.workload().generation() > generation
                ? new Deadline(now.workload().generation(), at, before.deadlineExceededAt())
                : this;
    }

    boolean isExceeded(Shown.Deployed deployed, Instant at) {
        return deployed.deadlineExceededAt().isPresent() && !at.isBefore(believedFrom(deployed));
    }

    /** From when on the condition, should it be there, is believed. */
    Instant believedFrom(Shown.Deployed deployed) {
        boolean isStale = stale.isPresent() && stale.equals(deployed.deadlineExceededAt());
        return isStale ? since.plus(deployed.progressDeadline()) : since;
    }
}
