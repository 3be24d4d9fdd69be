package dev.shiplog.cli.command;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as kubectl takes them: {@code 90s}, {@code 5m}, {@code 1h30m}; a number alone is seconds. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?");

    @Override
    public Duration convert(String text) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            throw new TypeConversionException("\"" + text + "\" is no duration; write 90s, 5m or 1h30m");
        }
        return Duration.ofHours(number(form.group(1)))
                .plusMinutes(number(form.group(2)))
                .plusSeconds(number(form.group(3)));
    }

    static boolean isDuration(String text) {
        return !text.isEmpty() && FORM.matcher(text).matches();
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits.substring(0, Math.min(9, digits.length())));
    }
}
