package dev.shiplog.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.engine.stream.StoredEvent;
import dev.shiplog.journal.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private String trouble = "";
    private Runnable whileAtWork = () -> {};
    private final Progress progress = new Progress(
            "the read model",
            batch -> {
                whileAtWork.run();
                if (!trouble.isEmpty()) {
                    throw new IllegalStateException(trouble);
                }
            },
            () -> now);

    @Test
    void whatFailsAgainAndAgainStandsStillUntilItGetsOn() throws Exception {
        trouble = "an event can't be read";
        fails(7);
        assertThat(progress.standstill()).isEmpty();

        now = NOON.plusSeconds(4);
        fails(7);
        assertThat(progress.standstill())
                .contains(
                        "the read model has stood still since 2026-01-01T12:00:00Z at offset 7 of the journal: an event "
                                + "can't be read");

        trouble = "";
        progress.handle(batch(7));
        assertThat(progress.standstill()).isEmpty();
    }

    @Test
    void whatFailsNowAndThenGetsOn() throws Exception {
        for (int offset = 1; offset < 10; offset++) {
            now = NOON.plusSeconds(offset * 2L);
            trouble = "the database is away";
            fails(offset);
            trouble = "";
            progress.handle(batch(offset));
            now = now.plusSeconds(1);
            assertThat(progress.standstill()).isEmpty();
        }
    }

    @Test
    void whatDoesNotReturnStandsStill() throws Exception {
        whileAtWork = () -> {
            now = NOON.plusSeconds(5);
            assertThat(progress.standstill())
                    .contains(
                            "the read model has stood still since 2026-01-01T12:00:00Z at offset 1 of the journal: it "
                                    + "does not return");
        };

        progress.handle(batch(1));

        assertThat(progress.standstill()).isEmpty();
    }

    private void fails(long offset) {
        assertThatThrownBy(() -> progress.handle(batch(offset))).hasMessage(trouble);
    }

    private static List<Entry> batch(long offset) {
        return List.of(new Entry(offset, "application/default/hello", offset, new StoredEvent(new byte[] {1}), NOON));
    }
}
