package dev.shiplog.kafka;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One after the other within a key, side by side over keys. A lane exists only while something is in it.
 *
 * <p>Work always begins on a thread of the executor, never on the one that ended the work before: that may be the
 * producer's own, on which sending the next record would wait for itself.
 */
final class Lanes {

    private static final ByteBuffer NO_KEY = ByteBuffer.allocate(0);

    private final Executor executor;
    private final ConcurrentHashMap<ByteBuffer, CompletableFuture<Void>> tails = new ConcurrentHashMap<>();

    Lanes(Executor executor) {
        this.executor = executor;
    }

    /** Runs the work when all earlier work of the key has ended, however it ended. */
    CompletableFuture<Void> enter(byte @Nullable [] key, Supplier<? extends CompletionStage<Void>> work) {
        ByteBuffer lane = key == null ? NO_KEY : ByteBuffer.wrap(key);
        // The tail is in the map before the work begins, so that whoever comes meanwhile queues behind it.
        var done = new CompletableFuture<Void>();
        CompletableFuture<Void> before = tails.put(lane, done);
        CompletableFuture<Void> turn = before == null ? CompletableFuture.completedFuture(null) : before;
        var unused = turn.handle((ended, failure) -> lane)
                .thenComposeAsync(free -> work.get(), executor)
                .whenComplete((nothing, failure) -> {
                    tails.remove(lane, done);
                    if (failure == null) {
                        done.complete(null);
                    } else {
                        done.completeExceptionally(failure);
                    }
                });
        return done;
    }

    /** Completes, however, when all that has entered so far has ended. */
    CompletableFuture<Void> whenEmpty() {
        return CompletableFuture.allOf(tails.values().toArray(CompletableFuture[]::new));
    }

    int lanes() {
        return tails.size();
    }
}
