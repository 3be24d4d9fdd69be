package dev.shiplog.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Thousands of worlds, each from its seed.
 *
 * <p>{@code ./mvnw -pl modules/simulation -am verify -Dseeds=1000000} runs as many, {@code -Dseed=4711 -Dseeds=1} tells the
 * story of one, {@code -Dbug=NO_WRITE_FENCE} plants a mistake first.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final long COUNT = Long.getLong("seeds", 2_000);
    private static final Bug BUG = Bug.valueOf(System.getProperty("bug", "NONE"));

    @Test
    void everyPromiseIsKeptInEveryWorld() {
        long virtualMillis = 0;
        long begun = System.nanoTime();
        for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
            var result = Simulation.run(seed, BUG);
            virtualMillis += result.virtualMillis();
            if (result.failure().isPresent()) {
                fail(
                        "%s%n%nSeed %d broke a promise. Again: ./mvnw -pl modules/simulation -am test "
                                + "-Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dseeds=1 -Dseed=%d%s",
                        String.join("\n", Simulation.story(seed, BUG)),
                        seed,
                        seed,
                        BUG == Bug.NONE ? "" : " -Dbug=" + BUG);
            }
        }
        System.out.printf(
                "%d seeds, %d hours of virtual time, in %d s%n",
                COUNT,
                Duration.ofMillis(virtualMillis).toHours(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    @Test
    void theSameSeedGivesTheSameStory() {
        for (long seed = 1; seed <= 25; seed++) {
            assertThat(Simulation.story(seed, Bug.NONE)).isEqualTo(Simulation.story(seed, Bug.NONE));
            assertThat(Simulation.run(seed, Bug.NONE)).isEqualTo(Simulation.run(seed, Bug.NONE));
        }
    }

    @Test
    void anotherSeedGivesAnotherStory() {
        assertThat(Simulation.run(1, Bug.NONE).fingerprint())
                .isNotEqualTo(Simulation.run(2, Bug.NONE).fingerprint());
    }
}
