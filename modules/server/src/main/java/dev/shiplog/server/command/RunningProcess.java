package dev.shiplog.server.command;

import dev.shiplog.server.Parts;
import java.util.concurrent.CountDownLatch;

/** Closes what was started, latest first, when the process is told to stop (Ctrl-C, TERM). */
final class RunningProcess {

    private final Parts parts = new Parts();
    private final CountDownLatch stopped = new CountDownLatch(1);

    RunningProcess() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "shiplog-stop"));
    }

    <T extends AutoCloseable> T keep(T part) {
        return parts.keep(part);
    }

    /** Waits until the process is told to stop. */
    void await() throws InterruptedException {
        stopped.await();
    }

    void stop() {
        parts.close();
        stopped.countDown();
    }
}
