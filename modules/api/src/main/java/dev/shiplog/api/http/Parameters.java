package dev.shiplog.api.http;

import dev.shiplog.api.http.Problems.Refused;
import dev.shiplog.domain.ApplicationName;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in a request's path and query; what can't be read is a problem that names the parameter. */
public final class Parameters {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    private Parameters() {}

    public static ApplicationName application(Exchange exchange) {
        try {
            return new ApplicationName(exchange.path("namespace"), exchange.path("name"));
        } catch (IllegalArgumentException e) {
            throw wrong("application", String.valueOf(e.getMessage()));
        }
    }

    public static Optional<Integer> number(Exchange exchange, String name, int least, int most) {
        return exchange.query(name).map(text -> number(name, text, least, most));
    }

    public static int number(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as for one out of range.
        }
        throw wrong(name, "a number from " + least + " to " + most + " is needed, not \"" + text + "\"");
    }

    /** A number with ms, s, m or h after it; a bare number is of seconds. */
    public static Duration duration(Exchange exchange, String name, Duration otherwise, Duration most) {
        var text = exchange.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        var parts = DURATION.matcher(text.get());
        if (!parts.matches()) {
            throw wrong(name, "a duration such as 500ms, 30s or 2m is needed, not \"" + text.get() + "\"");
        }
        long number = Long.parseLong(parts.group(1));
        var duration = switch (Optional.ofNullable(parts.group(2)).orElse("s")) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
        if (duration.compareTo(most) > 0) {
            throw wrong(name, "at most " + most.toSeconds() + "s, not " + text.get());
        }
        return duration;
    }

    public static Refused wrong(String name, String why) {
        return Problems.refused(400, "invalid-parameter", name + ": " + why);
    }
}
