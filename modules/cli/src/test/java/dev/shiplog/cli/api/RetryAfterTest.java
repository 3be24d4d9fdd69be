package dev.shiplog.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    @ParameterizedTest(name = "\"{0}\" is {1} s")
    @CsvSource({
        "0, 0",
        "1, 1",
        "' 3 ', 3",
        "5, 5",
        "6, 5",
        "999999999, 5",
        "99999999999999999999, 1",
        "-1, 1",
        "soon, 1",
        "'', 1",
        "'Wed, 21 Oct 2026 07:28:00 GMT', 1"
    })
    void wholeSecondsUpToAFew(String asked, int seconds) {
        assertThat(pause(Map.of("Retry-After", List.of(asked)))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aServerThatAsksForNoneIsGivenOne() {
        assertThat(pause(Map.of())).isEqualTo(Duration.ofSeconds(1));
    }

    private static Duration pause(Map<String, List<String>> headers) {
        return RetryAfter.of(HttpHeaders.of(headers, (name, value) -> true));
    }
}
