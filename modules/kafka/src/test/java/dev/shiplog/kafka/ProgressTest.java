package dev.shiplog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Progress progress = new Progress();

    @Test
    void onlyWhatLiesBeforeTheFirstOpenOneIsCommitted() {
        begin(4, 5, 6);
        progress.done(6);
        assertThat(progress.toCommit()).isEqualTo(-1);
        progress.done(4);
        assertThat(progress.toCommit()).isEqualTo(5);
        progress.done(5);
        assertThat(progress.toCommit()).isEqualTo(7);
        assertThat(progress.open()).isZero();
    }

    @Test
    void offsetsThatTheTopicLeavesOutAreNoHoles() {
        begin(4, 9);
        progress.done(4);
        progress.done(9);
        assertThat(progress.toCommit()).isEqualTo(10);
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        begin(1);
        progress.done(1);
        progress.committed(2);
        assertThat(progress.toCommit()).isEqualTo(-1);
    }

    @Test
    void whatIsNotCommittedWouldBeRepeated() {
        begin(1, 2, 3);
        progress.done(2);
        progress.done(3);
        assertThat(progress.repeatable()).isEqualTo(3);
        progress.done(1);
        assertThat(progress.repeatable()).isEqualTo(3);
        progress.committed(3);
        assertThat(progress.repeatable()).isEqualTo(1);
    }

    private void begin(long... offsets) {
        for (long offset : offsets) {
            progress.begin(offset);
        }
    }
}
