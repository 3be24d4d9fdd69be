package dev.shiplog.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A strand that stands still, and more steps than may wait. */
class StrandTest {

    private static final int MOST = 4;
    private static final int STEPS = 100;
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private final Queue<Runnable> executor = new ConcurrentLinkedQueue<>();
    private final Strand strand = new Strand(executor::add, MOST);

    @Test
    void whoHasOneStepMoreThanMayWaitDoesSoAndAllAreRunInOrder() throws Exception {
        var ran = new ConcurrentLinkedQueue<Integer>();
        var handedIn = new AtomicInteger();
        var watch = Thread.ofVirtual().start(() -> {
            try {
                for (int step = 0; step < STEPS; step++) {
                    int number = step;
                    strand.run(() -> ran.add(number));
                    handedIn.incrementAndGet();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        awaitRest(watch);
        assertThat(watch.isAlive()).isTrue();
        assertThat(handedIn).hasValue(MOST);

        while (ran.size() < STEPS) {
            goOn();
        }
        watch.join();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, STEPS).boxed().toList());
    }

    @Test
    void anErrandWaitsOnceAndForNoRoom() throws Exception {
        List<String> ran = new ArrayList<>();
        var errand = strand.errand(() -> ran.add("errand"));
        for (int step = 0; step < MOST; step++) {
            strand.run(() -> ran.add("step"));
        }
        for (int asked = 0; asked < STEPS; asked++) {
            errand.soon();
        }
        goOn();
        assertThat(ran).containsExactly("step", "step", "step", "step", "errand");

        errand.soon();
        goOn();
        assertThat(ran).hasSize(MOST + 2).endsWith("errand", "errand");
    }

    /** What is closed keeps nobody waiting who is interrupted. */
    @Test
    void whoWaitsForRoomCanBeInterrupted() throws Exception {
        for (int step = 0; step < MOST; step++) {
            strand.run(() -> {});
        }
        var interrupted = new AtomicInteger();
        var watch = Thread.ofVirtual().start(() -> {
            try {
                strand.run(() -> {});
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        awaitRest(watch);
        watch.interrupt();
        watch.join();
        assertThat(interrupted).hasValue(1);
    }

    private void goOn() {
        for (var work = executor.poll(); work != null; work = executor.poll()) {
            work.run();
        }
    }

    private static void awaitRest(Thread thread) {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
