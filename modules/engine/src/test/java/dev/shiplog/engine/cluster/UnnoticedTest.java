package dev.shiplog.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.rollout.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnnoticedTest {

    private static final int APPLICATIONS = 100;

    private final Unnoticed unnoticed = new Unnoticed();

    @Test
    void howeverMuchIsSeenOnlyTheLatestOfEachApplicationWaits() {
        int told = 0;
        for (int second = 1; second <= 1_000; second++) {
            for (int i = 0; i < APPLICATIONS; i++) {
                told += unnoticed.add(seen(i, second)) ? 1 : 0;
            }
        }
        assertThat(told).as("times the actor is told to look").isEqualTo(1);
        assertThat(unnoticed.take())
                .hasSize(APPLICATIONS)
                .contains(seen(7, 1_000))
                .doesNotContain(seen(7, 999));
        assertThat(unnoticed.take()).isEmpty();
        assertThat(unnoticed.add(seen(7, 1_001))).as("it is told again").isTrue();
    }

    @Test
    void whatIsGoneTakesThePlaceOfWhatWasSeenAndComingBackThatOfBeingLost() {
        var gone = new Sighting.Vanished(name(1));
        var back = new Sighting.Reached("v1.33.0");
        unnoticed.add(new Sighting.Lost(new Trouble(Trouble.Kind.UNREACHABLE, "away")));
        unnoticed.add(seen(1, 1));
        unnoticed.add(gone);
        unnoticed.add(back);
        assertThat(unnoticed.take()).containsExactly(back, gone);
    }

    private static Sighting seen(int application, int second) {
        return new Sighting.Seen(new Observation(
                name(application),
                "eu-1",
                Instant.ofEpochSecond(second),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()));
    }

    private static ApplicationName name(int i) {
        return new ApplicationName("default", "app-" + i);
    }
}
