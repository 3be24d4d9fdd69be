package dev.shiplog.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one world, from its seed. Once calmed, nothing goes wrong any more. */
final class Chance {

    private final SplittableRandom random;
    private boolean calm;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    /** Whether something goes wrong now. */
    boolean fault(int perMille) {
        return !calm && random.nextInt(1_000) < perMille;
    }

    /** Mostly quick, sometimes very slow. */
    long latency() {
        if (calm) {
            return between(1, 20);
        }
        return percent(3) ? between(500, 30_000) : between(1, 200);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    void calm() {
        calm = true;
    }

    boolean isCalm() {
        return calm;
    }
}
