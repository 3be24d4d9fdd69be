package dev.shiplog.domain.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.domain.Canaries;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps and lengths of time are told as people write them. */
class StrategyWordsTest {

    private static final Strategy CANARY = Canaries.of(
            new CanaryStep.SetWeight(25),
            new CanaryStep.Pause(Optional.of(Duration.ofMinutes(5))),
            new CanaryStep.SetCanaryScale(3),
            new CanaryStep.Pause(Optional.empty()));

    @Test
    void stepsOfACanaryAndItsPromotion() {
        assertThat(IntStream.range(0, StrategyWords.steps(CANARY) + 1)
                        .mapToObj(step -> StrategyWords.stepName(CANARY, step)))
                .containsExactly(
                        "setWeight: 25", "pause: 5m", "setCanaryScale: 3", "pause: until promoted", "promotion");
    }

    /** A pause, or a number of pods, keeps the weight before it; promotion is for all users. */
    @Test
    void theWeightThatAStepAsksFor() {
        assertThat(IntStream.range(0, 5).mapToObj(step -> Shares.weight(CANARY, step)))
                .containsExactly(Optional.of(25), Optional.of(25), Optional.of(25), Optional.of(25), Optional.of(100));
        assertThat(Shares.weight(Strategy.AS_WRITTEN, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "250, 250ms", "10000, 10s", "300000, 5m", "5400000, 1h30m", "3601000, 1h1s", "172800000, 48h"})
    void aLengthOfTimeIsReadAsItIsTold(long millis, String words) {
        assertThat(Durations.words(Duration.ofMillis(millis))).isEqualTo(words);
        assertThat(Durations.parse(words)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "5 minutes", "m5", "-5m", "5m1h"})
    void anythingElseIsNoLengthOfTime(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is no length of time such as 30s, 5m or 1h30m");
    }
}
