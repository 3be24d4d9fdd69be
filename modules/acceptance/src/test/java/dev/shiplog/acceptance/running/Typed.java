package dev.shiplog.acceptance.running;

import dev.shiplog.cli.Console;
import dev.shiplog.cli.command.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines typed against a server, carried out by the command line's own code. */
public record Typed(String server) {

    /** How a command line ended, and what it said. */
    public record Said(int exitCode, String out, String err) {}

    public Said run(String line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                120,
                40,
                Map.of("USER", "ada"));
        var arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of("--server", server));
        int code = CommandLines.run(console, Clock.systemUTC(), arguments.toArray(String[]::new));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** As {@link #run}, for what must succeed; returns what it said. */
    public String must(String line) {
        var said = run(line);
        if (said.exitCode() != 0) {
            throw new AssertionError(
                    "\"" + line + "\" exited with " + said.exitCode() + ": " + said.out() + said.err());
        }
        return said.out();
    }
}
