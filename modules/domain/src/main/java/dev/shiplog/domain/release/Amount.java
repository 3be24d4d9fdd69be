package dev.shiplog.domain.release;

import dev.shiplog.domain.json.Json;
import java.util.regex.Pattern;

/** A number of pods, or a share of them in per cent: Kubernetes' IntOrString. */
public record Amount(int value, boolean percent) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(%?)");

    public static Amount pods(int count) {
        return new Amount(count, false);
    }

    public static Amount percent(int share) {
        return new Amount(share, true);
    }

    /**
     * Reads {@code 3} or {@code 25%}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Amount parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a number of pods such as 1 nor a share such as 25%");
        }
        return new Amount(Integer.parseInt(match.group(1)), !match.group(2).isEmpty());
    }

    public Json toJson() {
        return percent ? Json.text(toString()) : Json.number(value);
    }

    @Override
    public String toString() {
        return percent ? value + "%" : Integer.toString(value);
    }
}
