package dev.shiplog.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final TokenBucket bucket = new TokenBucket(2, 3, now::get);

    @Test
    void aBurstGoesThroughAndTheRestWaitsItsTurn() {
        assertThat(bucket.reserve()).isZero();
        assertThat(bucket.reserve()).isZero();
        assertThat(bucket.reserve()).isZero();
        assertThat(bucket.reserve()).isEqualTo(SECOND / 2);
        assertThat(bucket.reserve()).isEqualTo(SECOND);
    }

    @Test
    void aRestFillsTheBucketButNotMoreThanThat() {
        for (int i = 0; i < 3; i++) {
            bucket.reserve();
        }
        // The clock runs over on the way, as System.nanoTime may.
        now.addAndGet(60 * SECOND);
        assertThat(bucket.reserve()).isZero();
        assertThat(bucket.reserve()).isZero();
        assertThat(bucket.reserve()).isZero();
        assertThat(bucket.reserve()).isEqualTo(SECOND / 2);
    }

    @Test
    void whoAsksForPatienceGetsItFromEverybody() {
        bucket.hold(5 * SECOND);
        assertThat(bucket.reserve()).isEqualTo(5 * SECOND + SECOND / 2);
        assertThat(bucket.reserve()).isEqualTo(6 * SECOND);
    }

    @Test
    void whoGivesUpLeavesItsTurnToTheNext() {
        for (int i = 0; i < 4; i++) {
            bucket.reserve();
        }
        bucket.giveBack();
        assertThat(bucket.reserve()).isEqualTo(SECOND / 2);
    }
}
