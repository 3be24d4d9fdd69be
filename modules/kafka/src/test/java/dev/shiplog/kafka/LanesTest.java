package dev.shiplog.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<Void>> entered = new ArrayList<>();
    private final Lanes lanes = new Lanes(waiting::add);

    @Test
    void workBeginsOnlyOnTheExecutorAndOnlyWhenTheOneBeforeHasEnded() {
        var first = new CompletableFuture<Void>();
        enter("a", "first", first);
        enter("a", "second", new CompletableFuture<>());
        enter("b", "other", new CompletableFuture<>());
        runAll();
        assertThat(begun).containsExactly("first", "other");

        first.complete(null);
        assertThat(entered.getFirst()).isDone();
        assertThat(begun).as("not on the thread that ended the first").doesNotContain("second");
        runAll();
        assertThat(begun).containsExactly("first", "other", "second");
    }

    @Test
    void aLaneGoesOnAfterAFailureAndIsGoneWhenItIsEmpty() {
        var failing = new CompletableFuture<Void>();
        var after = new CompletableFuture<Void>();
        enter("a", "failing", failing);
        enter("a", "after", after);
        runAll();
        failing.completeExceptionally(new IllegalStateException("broken"));
        runAll();
        assertThat(begun).containsExactly("failing", "after");
        assertThat(lanes.lanes()).isOne();
        after.complete(null);
        assertThat(lanes.lanes()).isZero();
        assertThat(lanes.whenEmpty()).isDone();
    }

    private void enter(String key, String name, CompletableFuture<Void> work) {
        entered.add(lanes.enter(key.getBytes(UTF_8), () -> {
            begun.add(name);
            return work;
        }));
    }

    private void runAll() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
