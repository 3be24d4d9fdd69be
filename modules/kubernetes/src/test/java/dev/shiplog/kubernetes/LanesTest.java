package dev.shiplog.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.rollout.Observation.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final ApplicationName HELLO = new ApplicationName("default", "hello");
    private static final ApplicationName AUTH = new ApplicationName("default", "auth");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Lanes lanes = new Lanes(threads);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void anApplicationsWritesFollowOneAnotherAndTheLatestOfEachKindWaits() throws Exception {
        var gate = new CountDownLatch(1);
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(3, gate));
        await("begun 3");
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(3, null));
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(3, null));
        lanes.submit(HELLO, Lanes.Kind.DELETE, work(3, null));
        assertThat(told).isEmpty();
        gate.countDown();
        assertThat(await(5)).containsExactly("done 3", "begun 3", "done 3", "begun 3", "done 3");
    }

    @Test
    void applicationsDoNotWaitForOneAnother() throws Exception {
        var gate = new CountDownLatch(1);
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(3, gate));
        await("begun 3");
        lanes.submit(AUTH, Lanes.Kind.APPLY, work(8, null));
        assertThat(await(2)).containsExactly("begun 8", "done 8");
        gate.countDown();
        await("done 3");
    }

    @Test
    void aNewerGenerationEndsTheOlderAtOnce() throws Exception {
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(3, new CountDownLatch(1)));
        await("begun 3");
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(4, null));
        assertThat(await(3)).containsExactlyInAnyOrder("3 overtaken by 4", "begun 4", "done 4");
    }

    @Test
    void anOlderGenerationDoesNotTakeTheNewersPlace() throws Exception {
        var gate = new CountDownLatch(1);
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(5, gate));
        await("begun 5");
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(5, null));
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(4, null));
        await("4 overtaken by 5");
        gate.countDown();
        assertThat(await(3)).containsExactly("done 5", "begun 5", "done 5");
    }

    @Test
    void aDeletionTakesThePlaceOfAnOlderApplyThatWaitsAndLetsTheRunningOneEnd() throws Exception {
        var gate = new CountDownLatch(1);
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(4, gate));
        await("begun 4");
        lanes.submit(HELLO, Lanes.Kind.APPLY, work(4, null));
        lanes.submit(HELLO, Lanes.Kind.DELETE, work(6, null));
        await("4 overtaken by 6");
        gate.countDown();
        assertThat(await(3)).containsExactly("done 4", "begun 6", "done 6");
        assertThat(told.poll(20, TimeUnit.MILLISECONDS)).isNull();
    }

    private Lanes.Work work(int generation, @org.jspecify.annotations.Nullable CountDownLatch gate) {
        return new Lanes.Work() {
            @Override
            public Mark mark() {
                return new Mark(generation, 0);
            }

            @Override
            public void run() throws InterruptedException {
                told.add("begun " + generation);
                if (gate != null) {
                    gate.await();
                }
                told.add("done " + generation);
            }

            @Override
            public void overtaken(Mark by) {
                told.add(generation + " overtaken by " + by.generation());
            }
        };
    }

    private void await(String expected) throws InterruptedException {
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
    }

    private List<String> await(int count) throws InterruptedException {
        var all = new ArrayList<String>();
        while (all.size() < count) {
            all.add(String.valueOf(told.poll(10, TimeUnit.SECONDS)));
        }
        return all;
    }
}
