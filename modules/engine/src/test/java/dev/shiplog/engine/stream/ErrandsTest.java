package dev.shiplog.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
