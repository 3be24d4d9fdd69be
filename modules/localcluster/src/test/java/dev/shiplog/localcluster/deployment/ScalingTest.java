package dev.shiplog.localcluster.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalingTest {

    @Test
    void oneThatIsAloneTakesItAll() {
        assertThat(scaled(bounds(5), Sets.sized("new", 3, 3, 4), List.of())).isEqualTo("new 3->5");
    }

    @Test
    void theOldOneTakesItAllIfThereIsNoNewOneYet() {
        assertThat(scaled(bounds(5), null, List.of(Sets.sized("old", 3, 3, 4)))).isEqualTo("old 3->5");
    }

    @Test
    void fromNothingTheNewOneGrows() {
        assertThat(scaled(bounds(2), Sets.sized("new", 0, 0, 0), List.of(Sets.sized("old", 0, 3, 4))))
                .isEqualTo("new 0->2");
    }

    @Test
    void inTheMiddleOfARolloutEachTakesItsShare() {
        assertThat(scaled(bounds(30), Sets.sized("new", 6, 10, 13), List.of(Sets.sized("old", 7, 10, 13))))
                .as("38 = 30 + surge 8; round(7 x 38 / 13) = 20, round(6 x 38 / 13) = 18")
                .isEqualTo("old 7->20, new 6->18");
    }

    @Test
    void whatRoundingLeavesOverGoesToTheLargest() {
        assertThat(scaled(
                        new Bounds(10, 0, 1),
                        Sets.sized("new", 2, 5, 5),
                        List.of(Sets.sized("a", 2, 5, 5), Sets.sized("b", 1, 5, 5))))
                .isEqualTo("new 2->4, a 2->4, b 1->2");
    }

    @Test
    void shrinkingTakesFromEachItsShareToo() {
        assertThat(scaled(new Bounds(5, 0, 1), Sets.sized("new", 4, 10, 10), List.of(Sets.sized("old", 6, 10, 10))))
                .isEqualTo("old 6->3, new 4->2");
    }

    @Test
    void toZeroEverythingGoes() {
        assertThat(scaled(bounds(0), Sets.sized("new", 2, 3, 4), List.of(Sets.sized("old", 2, 3, 4))))
                .isEqualTo("new 2->0, old 2->0");
    }

    @Test
    void aNewOneThatIsCompleteTakesTheOldOnesOut() {
        assertThat(scaled(bounds(3), Sets.sized("new", 3, 3, 4), List.of(Sets.sized("old", 1, 3, 4))))
                .isEqualTo("old 1->0");
    }

    @Test
    void recreatingSharesNothing() {
        assertThat(Scaling.next(
                        Bounds.recreate(6), false, Sets.sized("new", 1, 3, 3), List.of(Sets.sized("old", 2, 3, 3)), 3))
                .isEmpty();
    }

    @Test
    void isDueWhenAnActiveSetRemembersAnotherNumber() {
        assertThat(Scaling.isDue(5, List.of(Sets.sized("new", 3, 3, 4)))).isTrue();
        assertThat(Scaling.isDue(3, List.of(Sets.sized("new", 3, 3, 4)))).isFalse();
        assertThat(Scaling.isDue(5, List.of(Sets.sized("idle", 0, 3, 4)))).isFalse();
    }

    private static Bounds bounds(int wanted) {
        return Bounds.rolling(wanted, IntOrPercent.percent(25), IntOrPercent.percent(25));
    }

    private static String scaled(Bounds bounds, @Nullable ReplicaSet fresh, List<ReplicaSet> old) {
        return Scaling.next(bounds, true, fresh, old, 0).stream()
                .map(resize -> resize.set().name() + " " + resize.from() + "->" + resize.to())
                .collect(Collectors.joining(", "));
    }
}
