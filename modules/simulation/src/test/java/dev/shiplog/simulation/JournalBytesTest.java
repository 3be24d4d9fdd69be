package dev.shiplog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Worlds whose journal keeps the bytes that production keeps: what is read back from them leads to the same story. */
class JournalBytesTest {

    private static final int WORLDS = 200;

    @Test
    void theStoryIsTheSameWhenEventsAreEncodedAndDecoded() {
        for (long seed = 1; seed <= WORLDS; seed++) {
            assertThat(Simulation.story(seed, Bug.NONE, ProtobufCodec.both()))
                    .as("seed %d", seed)
                    .isEqualTo(Simulation.story(seed, Bug.NONE));
        }
    }
}
