package dev.shiplog.server;

import dev.shiplog.cli.command.CommandLines;
import dev.shiplog.embedded.StartFailure;
import dev.shiplog.journal.JournalUnavailable;
import dev.shiplog.kafka.KafkaUnavailable;
import dev.shiplog.server.command.Demo;
import dev.shiplog.server.command.Serve;
import dev.shiplog.server.command.Up;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The server's commands: {@code up}, {@code serve} and {@code demo}. */
@Command(
        name = "shiplog",
        header = "Start Shiplog.",
        subcommands = {Up.class, Serve.class, Demo.class},
        synopsisSubcommandLabel = "(up | serve | demo)")
public final class Main {

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("error: " + sentence(failure));
                    return FAILED;
                })
                .setParameterExceptionHandler((problem, parsed) -> {
                    var line = problem.getCommandLine();
                    line.getErr().println("error: " + CommandLines.sentence(problem));
                    line.getErr().println("see: " + line.getCommandSpec().qualifiedName() + " --help");
                    return line.getCommandSpec().exitCodeOnInvalidInput();
                });
    }

    /** What people are told: our own failures say what, where and what to do; anything else is a bug, told in full. */
    private static String sentence(Exception failure) {
        if (failure instanceof StartFailure
                || failure instanceof JournalUnavailable
                || failure instanceof KafkaUnavailable) {
            return String.valueOf(failure.getMessage());
        }
        var trace = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(trace));
        return trace.toString();
    }
}
