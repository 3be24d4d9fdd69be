package dev.shiplog.kafka;

import dev.shiplog.domain.application.Application;
import java.time.Duration;

/**
 * How much of the commands may be in memory, and how much a crash may repeat; beyond that Kafka keeps them.
 *
 * @param records under way at once, whatever their size; one more poll may come on top
 * @param bytes of keys and values under way at once, likewise
 * @param repeated records of one partition that are begun and not committed: so many come again after a crash. An
 *     application recognises {@link Application#REMEMBERED_COMMANDS}, so there may not be more
 * @param drain how long closing waits for what is under way
 */
public record IntakeLimits(int records, long bytes, int repeated, Duration drain) {

    public static final IntakeLimits USUAL =
            new IntakeLimits(1_000, 64L * 1024 * 1024, Application.REMEMBERED_COMMANDS, Duration.ofSeconds(10));

    public IntakeLimits {
        if (records < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "at least one command must be let in: " + records + " records, " + bytes + " bytes");
        }
        if (repeated < 2 || repeated > Application.REMEMBERED_COMMANDS) {
            throw new IllegalArgumentException("from 2 to " + Application.REMEMBERED_COMMANDS
                    + " commands may come again, as many as an application recognises, not " + repeated);
        }
    }

    /** The usual ones, but for what is configured. */
    public static IntakeLimits of(int records, long bytes, int repeated) {
        return new IntakeLimits(records, bytes, repeated, USUAL.drain);
    }

    IntakeLimits withDrainMillis(long millis) {
        return new IntakeLimits(records, bytes, repeated, Duration.ofMillis(millis));
    }

    /** A poll brings records of one partition at worst, and may not go beyond what may be repeated. */
    int pollRecords() {
        return Math.max(1, Math.min(records, repeated / 2));
    }
}
