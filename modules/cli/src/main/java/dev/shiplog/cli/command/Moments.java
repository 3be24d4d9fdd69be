package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/** Moments as people write them: with an offset, on the clock here, or so long ago. */
final class Moments {

    private Moments() {}

    static Instant of(String text, Clock clock) {
        var stripped = text.strip();
        if (Durations.isDuration(stripped)) {
            return clock.instant().truncatedTo(ChronoUnit.MILLIS).minus(new Durations().convert(stripped));
        }
        var iso = stripped.replaceFirst("^(\\S+) (\\S+)$", "$1T$2");
        var zone = clock.getZone();
        List<Function<String, Instant>> forms = List.of(
                form -> OffsetDateTime.parse(form).toInstant(),
                form -> LocalDateTime.parse(form).atZone(zone).toInstant(),
                form -> LocalTime.parse(form)
                        .atDate(LocalDate.now(clock))
                        .atZone(zone)
                        .toInstant());
        for (var form : forms) {
            try {
                return form.apply(iso);
            } catch (DateTimeParseException e) {
                // The next form may fit.
            }
        }
        throw Failure.usage(
                "\"" + text
                        + "\" is no moment in time; write 2026-11-22T15:04:05Z, '2026-11-22 15:04', 15:04 (today), or 10m (ago)");
    }
}
