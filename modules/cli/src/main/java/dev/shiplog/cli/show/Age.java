package dev.shiplog.cli.show;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as kubectl shows them: {@code 45s}, {@code 5m30s}, {@code 3h}, {@code 12d}. */
public final class Age {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Age() {}

    public static String of(@Nullable Instant since, Instant now) {
        return since == null ? "" : of(Duration.between(since, now));
    }

    /** The two largest units that still say something, as kubectl cuts it. */
    public static String of(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return seconds % 60 == 0 ? minutes + "m" : minutes + "m" + seconds % 60 + "s";
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return minutes % 60 == 0 ? hours + "h" : hours + "h" + minutes % 60 + "m";
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return hours % 24 == 0 ? days + "d" : days + "d" + hours % 24 + "h";
        }
        return days < 730 ? days + "d" : days / 365 + "y";
    }

    /** The moment on the reader's own clock. */
    public static String moment(Instant time, ZoneId zone) {
        return WHEN.format(time.atZone(zone));
    }
}
