package dev.shiplog.domain.course;

import java.time.Duration;

/** Lengths of time as people write them in Go and Kubernetes. */
public final class Durations {

    private Durations() {}

    /** {@code 1h30m}, {@code 5m}, {@code 10s}, {@code 0s}; below a second {@code 250ms}. */
    public static String words(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        var words = new StringBuilder();
        append(words, duration.toHours(), "h");
        append(words, duration.toMinutesPart(), "m");
        append(words, duration.toSecondsPart(), "s");
        return words.isEmpty() ? "0s" : words.toString();
    }

    private static void append(StringBuilder words, long count, String unit) {
        if (count > 0) {
            words.append(count).append(unit);
        }
    }
}
