package dev.shiplog.domain.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.release.Amount;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many pods are old and how many new. */
class SplitTest {

    @ParameterizedTest(name = "{0} replicas at {1} %: {2} + {3}")
    @CsvSource({
        "3, 25, 3, 1", "4, 25, 3, 1", "4, 50, 2, 2", "4, 75, 1, 3", "8, 25, 6, 2", "1, 25, 1, 1", "10, 1, 12, 1",
        "10, 99, 1, 12", "4, 0, 4, 0", "4, 100, 0, 4", "0, 50, 0, 0", "2, 50, 1, 1", "5, 20, 4, 1", "100, 33, 67, 33"
    })
    void comesAsNearToTheWeightAsWholePodsCan(int replicas, int weight, int stable, int canary) {
        assertThat(Split.of(weight, limits(replicas))).isEqualTo(new Split(stable, canary));
    }

    @ParameterizedTest(name = "surge {1}, unavailable {2} of {0}: {3}")
    @CsvSource({
        "4, 1, 0, '(4,1) (3,1) (3,2) (2,2)'",
        "4, 0, 1, '(3,0) (3,1) (2,1) (2,2)'",
        "4, 50%, 0, '(4,2) (2,2)'",
        "4, 0, 0, '(3,0) (3,1) (2,1) (2,2)'"
    })
    void movesWithinTheLimits(int replicas, String surge, String unavailable, String path) {
        var limits =
                Split.Limits.of(replicas, Optional.of(Amount.parse(surge)), Optional.of(Amount.parse(unavailable)));
        assertThat(path(new Split(replicas, 0), new Split(2, 2), limits)).isEqualTo(path);
    }

    @ParameterizedTest(name = "{1} of {0} + {1}: {2} %")
    @CsvSource({"3, 1, 25", "2, 1, 33", "1, 2, 67", "0, 4, 100", "4, 0, 0", "0, 0, 0"})
    void isToldInWholePercent(int stable, int canary, int share) {
        assertThat(new Split(stable, canary).share()).isEqualTo(share);
    }

    /** (5, 3) to (1, 7): each side changes as far as the other one leaves it. */
    @Test
    void whatGrowsTakesTheRoomThatIsLeftAndNoMore() {
        var limits = new Split.Limits(8, 2, 1);
        assertThat(path(new Split(5, 3), new Split(1, 7), limits)).isEqualTo("(5,5) (2,5) (2,7) (1,7)");
        assertThat(path(new Split(1, 7), new Split(5, 3), limits)).isEqualTo("(3,7) (3,4) (5,4) (5,3)");
    }

    @Test
    void aLargerScaleKeepsTheShare() {
        assertThat(path(new Split(3, 1), Split.of(25, limits(8)), limits(8))).isEqualTo("(6,2)");
        assertThat(path(new Split(6, 2), Split.of(25, limits(4)), limits(4))).isEqualTo("(3,1)");
    }

    @Test
    void everyWayEndsAndStaysWithinTheLimits() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var limits = new Split.Limits(1 + random.nextInt(40), random.nextInt(5), random.nextInt(3));
            if (limits.surge() == 0 && limits.unavailable() == 0) {
                continue;
            }
            var from = Split.of(random.nextInt(101), limits);
            var to = Split.of(random.nextInt(101), limits);
            int moves = 0;
            for (var at = from; !at.equals(to); moves++) {
                at = at.towards(to, limits);
                assertThat(at.total())
                        .as("%s to %s within %s", from, to, limits)
                        .isBetween(Math.min(limits.least(), to.total()), Math.max(limits.most(), to.total()));
                assertThat(moves).isLessThan(200);
            }
        }
    }

    private static String path(Split from, Split to, Split.Limits limits) {
        var path = new StringBuilder();
        for (var at = from; !at.equals(to); ) {
            at = at.towards(to, limits);
            path.append(" (")
                    .append(at.stable())
                    .append(',')
                    .append(at.canary())
                    .append(')');
        }
        return path.toString().strip();
    }

    private static Split.Limits limits(int replicas) {
        return Split.Limits.of(replicas, Optional.empty(), Optional.empty());
    }
}
