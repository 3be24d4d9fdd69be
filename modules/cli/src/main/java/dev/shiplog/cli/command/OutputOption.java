package dev.shiplog.cli.command;

import dev.shiplog.cli.show.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form to show it. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json, yaml, wide or name; without it, for people.")
    @Nullable String format;

    Output output() {
        return Output.of(format);
    }
}
