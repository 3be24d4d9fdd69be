package dev.shiplog.acceptance.kills;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that the JDK can't send. */
enum Signal {
    KILL,
    STOP,
    CONT,
    QUIT;

    /** One that has gone already is none to complain about. */
    void to(ProcessHandle process) throws IOException, InterruptedException {
        if (process.isAlive()) {
            var kill = new ProcessBuilder("kill", "-" + name(), String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) {
                throw new IOException("kill does not end");
            }
        }
    }
}
