package dev.shiplog.domain.course;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of time as people write them in Go and Kubernetes. */
public final class Durations {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

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

    /**
     * Reads {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 250ms}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Duration parse(String text) {
        var match = FORM.matcher(text.strip());
        if (text.isBlank() || !match.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no length of time such as 30s, 5m or 1h30m");
        }
        return Duration.ofHours(number(match.group(1)))
                .plusMinutes(number(match.group(2)))
                .plusSeconds(number(match.group(3)))
                .plusMillis(number(match.group(4)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static void append(StringBuilder words, long count, String unit) {
        if (count > 0) {
            words.append(count).append(unit);
        }
    }
}
