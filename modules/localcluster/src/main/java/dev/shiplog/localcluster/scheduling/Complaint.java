package dev.shiplog.localcluster.scheduling;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod fits nowhere, as it was told last. The same is told again after 1 s at the soonest, then after 2 s and so on up to 10 s, which
 * is how long a scheduler leaves such a pod alone; something else at once.
 *
 * @param until nobody wants to hear it again
 */
record Complaint(String message, Instant until, Duration silence) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** What was told last by now: the one before, or a new one, which is to be told. */
    static Complaint after(@Nullable Complaint before, String message, Instant now) {
        if (before == null || !before.message.equals(message)) {
            return new Complaint(message, now.plus(FIRST), FIRST);
        }
        if (now.isBefore(before.until)) {
            return before;
        }
        Duration doubled = before.silence.multipliedBy(2);
        Duration longer = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return new Complaint(message, now.plus(longer), longer);
    }
}
