package dev.shiplog.server.command;

import dev.shiplog.server.Parts;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Closes what was started, latest first, when the process is told to stop (Ctrl-C, TERM). If that is while something
 * still starts, it is waited for and then closed, so that no child process stays behind.
 */
final class RunningProcess {

    private final Parts parts = new Parts();
    private final CountDownLatch stopped = new CountDownLatch(1);

    RunningProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shiplog-stop"));
    }

    synchronized <T extends AutoCloseable> T start(Supplier<T> part) {
        if (stopped.getCount() == 0) {
            throw new IllegalStateException("told to stop before everything had started");
        }
        return parts.keep(part.get());
    }

    /** Waits until the process is told to stop. */
    void await() throws InterruptedException {
        stopped.await();
    }

    synchronized void stop() {
        parts.close();
        stopped.countDown();
    }
}
