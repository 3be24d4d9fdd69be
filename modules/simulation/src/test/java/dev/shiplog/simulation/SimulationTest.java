package dev.shiplog.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of worlds, each from its seed, on as many threads as there are processors.
 *
 * <p>{@code ./mvnw -pl modules/simulation -am verify -Dseeds=1000000} runs as many, to their end whatever breaks, {@code -Dseed=4711 -Dseeds=1} tells the
 * story of one, {@code -Dbug=NO_WRITE_FENCE} plants a mistake first.
 */
class SimulationTest {

    private static final long FIRST = Long.getLong("seed", 1);
    private static final long COUNT = Long.getLong("seeds", 2_000);
    private static final Bug BUG = Bug.valueOf(System.getProperty("bug", "NONE"));

    @Test
    void everyPromiseIsKeptInEveryWorld() {
        long begun = System.nanoTime();
        var virtualMillis = new LongAdder();
        var done = new AtomicLong();
        var broken = LongStream.range(FIRST, FIRST + COUNT)
                .parallel()
                .mapToObj(seed -> {
                    var result = Simulation.run(seed, BUG);
                    virtualMillis.add(result.virtualMillis());
                    result.failure().ifPresent(failure -> System.out.printf("Seed %d: %s%n", seed, failure));
                    if (done.incrementAndGet() % 50_000 == 0) {
                        tell(done.get(), virtualMillis.sum(), begun);
                    }
                    return result;
                })
                .filter(result -> result.failure().isPresent())
                .map(Simulation.Result::seed)
                .toList();
        tell(COUNT, virtualMillis.sum(), begun);
        if (!broken.isEmpty()) {
            fail(
                    "%s%n%nSeeds that broke a promise: %s. The first again: ./mvnw -pl modules/simulation -am test "
                            + "-Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dseeds=1 -Dseed=%d%s",
                    String.join("\n", Simulation.story(broken.getFirst(), BUG)),
                    broken,
                    broken.getFirst(),
                    BUG == Bug.NONE ? "" : " -Dbug=" + BUG);
        }
    }

    private static void tell(long worlds, long virtualMillis, long begun) {
        System.out.printf(
                "%d seeds, %d hours of virtual time, in %d s%n",
                worlds,
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
