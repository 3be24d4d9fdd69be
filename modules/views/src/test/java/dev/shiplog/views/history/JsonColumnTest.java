package dev.shiplog.views.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** More texts than are remembered: each is read rightly, and memory does not grow with them. */
class JsonColumnTest {

    private final ConcurrentHashMap<String, Integer> kept = new ConcurrentHashMap<>();

    @Test
    void noMoreTextsAreRememberedThanMayBe() {
        for (int text = 0; text < 3 * JsonColumn.KEPT_MAX; text++) {
            assertThat(JsonColumn.kept(kept, String.valueOf(text), Integer::valueOf))
                    .isEqualTo(text);
            assertThat(kept.size()).isLessThanOrEqualTo(JsonColumn.KEPT_MAX);
        }
    }

    @Test
    void aLongTextIsReadEachTime() {
        var text = " ".repeat(JsonColumn.KEPT_LENGTH_MAX) + "1";
        assertThat(JsonColumn.kept(kept, text, json -> Integer.valueOf(json.strip())))
                .isEqualTo(1);
        assertThat(kept).isEmpty();
    }
}
