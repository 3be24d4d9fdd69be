package dev.shiplog.server.command;

import dev.shiplog.server.Orchestrator;
import dev.shiplog.server.config.ServerConfig;
import dev.shiplog.server.fleet.FleetFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code shiplog serve}. */
@Command(
        name = "serve",
        header = "Start the orchestrator and the API against a Kafka, a PostgreSQL and clusters of your own.",
        description = {
            "",
            "Makes its topics and tables where they are missing. A cluster that can't be reached does not hold up the "
                    + "others. Ctrl-C or TERM stops it; what is under way goes on at the next start.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        footer = {
            "",
            "Environment, which wins over the file: SHIPLOG_API_HOST, SHIPLOG_API_PORT, SHIPLOG_KAFKA_BOOTSTRAP_SERVERS, "
                    + "SHIPLOG_POSTGRES_URL, SHIPLOG_CLUSTERS, SHIPLOG_KEYS; SHIPLOG_LOG=INFO says more.",
            "",
            "Examples:",
            "  ./shiplog serve --config ops/shiplog.conf",
            "  SHIPLOG_API_PORT=7071 ./shiplog serve --config shiplog.yaml",
            "",
            "Exit codes: 0 stopped, 1 it could not start, 2 not understood."
        })
public final class Serve implements Callable<Integer> {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "HOCON, or YAML where the name ends in .yaml or .yml; ops/shiplog.conf is a sample.")
    private Path config = Path.of("shiplog.conf");

    @Override
    public Integer call() throws InterruptedException {
        var process = new RunningProcess();
        var file = ServerConfig.read(config);
        var orchestrator = process.start(() ->
                Orchestrator.start(file.config(), FleetFolder.read(file.clusters()), line -> System.err.println(line)));
        System.out.println("Shiplog is up: " + orchestrator.api());
        process.await();
        return 0;
    }
}
