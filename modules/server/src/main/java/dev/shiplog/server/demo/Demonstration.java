package dev.shiplog.server.demo;

import dev.shiplog.cli.Console;
import dev.shiplog.cli.command.CommandLines;
import dev.shiplog.server.demo.Tour.Result;
import dev.shiplog.server.local.LocalInstallation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The tour on a running installation. */
public final class Demonstration {

    private Demonstration() {}

    /**
     * @param home where the examples are, under {@code ops/examples}
     * @return whether every row held
     */
    public static boolean show(LocalInstallation installation, Path home, PrintStream out) throws Exception {
        var examples = DemoFiles.prepare(home.resolve("ops/examples/walkthrough"), installation.data());
        try (var world = new RunningWorld(installation)) {
            var results = new Tour(arguments -> run(installation, arguments), out)
                    .carryOut(new Walkthrough(world, examples).rows());
            out.println();
            results.forEach(result -> out.println(line(result)));
            return results.stream().allMatch(result -> result.failure().isEmpty());
        }
    }

    private static int run(LocalInstallation installation, List<String> typed) {
        var arguments = new ArrayList<>(typed);
        arguments.add("--server");
        arguments.add(installation.endpoints().api());
        return CommandLines.run(
                Console.ofProcess(), Clock.system(ZoneId.systemDefault()), arguments.toArray(String[]::new));
    }

    private static String line(Result result) {
        return result.failure()
                .map(why -> "✖ row " + result.row().number() + "  " + why)
                .orElseGet(() ->
                        "✔ row " + result.row().number() + "  " + result.row().told());
    }
}
