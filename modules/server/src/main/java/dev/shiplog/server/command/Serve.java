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
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./shiplog serve --config ops/shiplog.conf",
            "  SHIPLOG_POSTGRES_URL='jdbc:postgresql://db/shiplog?user=shiplog' ./shiplog serve --config ops/shiplog.conf"
        })
public final class Serve implements Callable<Integer> {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "HOCON; ops/shiplog.conf is a sample.")
    private Path config = Path.of("shiplog.conf");

    @Override
    public Integer call() throws InterruptedException {
        var process = new RunningProcess();
        var file = ServerConfig.read(config);
        var orchestrator = process.start(() -> Orchestrator.start(file.config(), FleetFolder.read(file.clusters())));
        System.out.println("Shiplog is up: " + orchestrator.api());
        process.await();
        return 0;
    }
}
