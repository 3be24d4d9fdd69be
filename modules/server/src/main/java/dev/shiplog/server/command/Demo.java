package dev.shiplog.server.command;

import dev.shiplog.server.demo.Demonstration;
import dev.shiplog.server.local.LocalInstallation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shiplog demo}. */
@Command(
        name = "demo",
        header = "Start everything on this machine and show a release over three clusters, step by step.",
        description = {
            "",
            "Carries out the walkthrough for auth, hello and frontend with the command line's own commands, and says which rows "
                    + "held. On a terminal it then stays up for you to try things."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        footer = {
            "",
            "Examples:",
            "  ./shiplog demo",
            "  ./shiplog demo --exit --data /tmp/shiplog-demo --port 0    # exit code 0 if every row held"
        })
public final class Demo implements Callable<Integer> {

    @Mixin
    private LocalOptions options = new LocalOptions();

    @Option(names = "--exit", description = "Stop when the tour is over; so it does without a terminal.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        var process = new RunningProcess();
        var installation = process.start(() ->
                LocalInstallation.start(options.data, options.clustersFolder(), options.port, System.err::println));
        boolean held = Demonstration.show(installation, LocalOptions.home(), System.out);
        if (!exit && System.getProperty("shiplog.terminal", "").contains("out")) {
            System.out.println();
            System.out.println("Shiplog stays up at " + installation.endpoints().api()
                    + "; Ctrl-C stops it. Try, in another" + " terminal:");
            System.out.println("  ./shiplog get app hello --watch --server "
                    + installation.endpoints().api());
            System.out.println("  ./shiplog set image hello hello=kelseyhightower/hello:2.0.0 --server "
                    + installation.endpoints().api());
            process.await();
        }
        process.stop();
        return held ? 0 : 1;
    }
}
