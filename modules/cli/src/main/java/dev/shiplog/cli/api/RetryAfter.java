package dev.shiplog.cli.api;

import java.net.http.HttpHeaders;
import java.time.Duration;

/** The pause that a server asks for before it is asked again: in whole seconds, and never longer than people wait for. */
final class RetryAfter {

    private static final Duration USUAL = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(5);

    private RetryAfter() {}

    static Duration of(HttpHeaders headers) {
        return headers.firstValue("retry-after")
                .map(String::strip)
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .map(pause -> pause.compareTo(MAX) < 0 ? pause : MAX)
                .orElse(USUAL);
    }
}
