package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Commands that are carried out by the server's own program: listed here, started by the launcher. */
final class Lifecycle {

    private Lifecycle() {}

    abstract static class Started implements Callable<Integer> {
        @Unmatched
        String[] rest = {};

        @Override
        public Integer call() {
            throw Failure.usage(
                    "this starts a server: run it with the launcher, ./shiplog, at the top of the repository");
        }
    }

    @Command(name = "demo", header = "Start everything on this machine and show a release over three clusters.")
    static final class Demo extends Started {}

    @Command(name = "up", header = "Start broker, database, local clusters, orchestrator and API on this machine.")
    static final class Up extends Started {}

    @Command(name = "serve", header = "Start the orchestrator against your own Kafka, PostgreSQL and clusters.")
    static final class Serve extends Started {}
}
