package dev.shiplog.server.command;

import dev.shiplog.server.local.LocalInstallation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code shiplog up}. */
@Command(
        name = "up",
        header = "Start broker, database, local clusters, orchestrator and API on this machine.",
        description = {
            "",
            "Everything is kept under --data and is there again at the next start, also after a kill. DIR/endpoints.json says "
                    + "where everything is; DIR/clusters/NAME/kubeconfig is for kubectl. Ctrl-C stops it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        footer = {"", "Examples:", "  ./shiplog up", "  ./shiplog up --data /var/lib/shiplog --port 7071"})
public final class Up implements Callable<Integer> {

    @Mixin
    private LocalOptions options = new LocalOptions();

    @Override
    public Integer call() throws InterruptedException {
        var process = new RunningProcess();
        var installation = process.start(() ->
                LocalInstallation.start(options.data, options.clustersFolder(), options.port, System.err::println));
        System.out.println("Shiplog is up: " + installation.endpoints().api());
        System.out.println("  data       " + options.data.toAbsolutePath().normalize());
        System.out.println("  kafka      " + installation.endpoints().kafka());
        installation
                .endpoints()
                .clusters()
                .forEach(cluster -> System.out.println("  cluster    " + cluster.name() + "  kubectl --kubeconfig "
                        + cluster.kubeconfig() + " get pods"));
        System.out.println("Try: ./shiplog apply -f ops/examples/walkthrough/hello.yaml --wait. Ctrl-C stops.");
        process.await();
        return 0;
    }
}
