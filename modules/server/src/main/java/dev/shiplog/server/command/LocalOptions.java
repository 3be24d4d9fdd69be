package dev.shiplog.server.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code up} and {@code demo} have in common. */
final class LocalOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".shiplog",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    Path data = Path.of(".shiplog");

    @Option(
            names = "--port",
            defaultValue = "7070",
            description = "Port of the API on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--clusters",
            paramLabel = "DIR",
            description = "Folder with a folder per cluster (default: clusters/ of the checkout).")
    Optional<Path> clusters = Optional.empty();

    Path clustersFolder() {
        return clusters.orElseGet(() -> home().resolve("clusters"));
    }

    /** Where the launcher lies. */
    static Path home() {
        return Path.of(System.getProperty("shiplog.home", "."));
    }
}
