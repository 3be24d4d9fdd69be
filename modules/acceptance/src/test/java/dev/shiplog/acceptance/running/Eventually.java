package dev.shiplog.acceptance.running;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what is to become true, and says what was missing when it did not in time. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What is still missing; empty when all is there. */
    public interface Check {
        Optional<String> missing() throws Exception;
    }

    private Eventually() {}

    public static void holds(String what, Callable<Boolean> condition) {
        isComplete(what, () -> condition.call() ? Optional.empty() : Optional.of("not yet"));
    }

    /** What the check throws counts as missing: the database or the broker may be away just now. */
    public static void isComplete(String what, Check check) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            Exception trouble = null;
            String missing;
            try {
                missing = check.missing().orElse(null);
            } catch (Exception e) {
                missing = e.toString();
                trouble = e;
            }
            if (missing == null) {
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                throw failure(what + " within " + PATIENCE.toSeconds() + " s: " + missing, trouble);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static AssertionError failure(String message, @Nullable Exception cause) {
        return new AssertionError(message, cause);
    }
}
