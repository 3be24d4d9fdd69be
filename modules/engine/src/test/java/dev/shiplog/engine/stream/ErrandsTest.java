package dev.shiplog.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrandsTest {

    private final Errands<String> errands = new Errands<>();

    @Test
    void eachIsAskedForOnceHoweverLongItIsOutstanding() {
        assertThat(errands.due(List.of("write", "watch"))).containsExactly("write", "watch");
        assertThat(errands.due(List.of("write", "watch", "tell"))).containsExactly("tell");
        assertThat(errands.due(List.of("write", "watch", "tell"))).isEmpty();
    }

    /** It was answered, and the same is owed anew: a cluster that is watched again after something was written to it. */
    @Test
    void whatWasNotOutstandingForAWhileIsAskedForAgain() {
        errands.due(List.of("write", "watch"));
        assertThat(errands.due(List.of("write"))).isEmpty();
        assertThat(errands.due(List.of("write", "watch"))).containsExactly("watch");
    }

    /** Answers get lost. */
    @Test
    void whatIsRemindedOfIsAskedForAgain() {
        errands.due(List.of("write", "watch"));
        errands.forget();
        assertThat(errands.due(List.of("watch", "tell"))).containsExactly("watch", "tell");
    }

    /** However many tasks there have been, only those that are outstanding are kept. */
    @Test
    void whatIsNotOutstandingAnyMoreIsForgotten() {
        int tasks = 10_000;
        var numbered = new Errands<Integer>();
        for (int task = 0; task < tasks; task++) {
            numbered.due(List.of(task));
        }
        assertThat(numbered.underWay()).isEqualTo(1);
        var all = IntStream.range(0, tasks).boxed().toList();
        assertThat(numbered.due(all)).hasSize(tasks - 1);
    }
}
