package dev.shiplog.server.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code up} and {@code demo} have in common. */
final class LocalOptions {

    private static final int PORT_MAX = 65_535;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".shiplog",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    Path data = Path.of(".shiplog");

    int port;

    @Option(
            names = "--clusters",
            paramLabel = "DIR",
            description = "Folder with a folder per cluster (default: clusters/ of the checkout).")
    Optional<Path> clusters = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--port",
            defaultValue = "7070",
            description = "Port of the API on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    void port(int number) {
        if (number < 0 || number > PORT_MAX) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "--port must be between 0 and " + PORT_MAX + ", not " + number);
        }
        port = number;
    }

    Path clustersFolder() {
        return clusters.orElseGet(() -> home().resolve("clusters"));
    }

    /** Where the launcher lies. */
    static Path home() {
        return Path.of(System.getProperty("shiplog.home", "."));
    }
}
