package dev.shiplog.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.shiplog.cli.Console;
import dev.shiplog.cli.ExitCode;
import dev.shiplog.cli.Failure;
import dev.shiplog.cli.releasefile.Nearest;
import java.io.PrintWriter;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a call, carries it out, and turns everything that stops it into a sentence and an exit code. */
public final class CommandLines {

    private CommandLines() {}

    public static int run(Console console, Clock clock, String... args) {
        try (var session = new Session(console, clock)) {
            return of(session).execute(args);
        }
    }

    /** Of this build. */
    public static String version() {
        return Version.client();
    }

    static CommandLine of(Session session) {
        var console = session.console();
        var line = new CommandLine(new Shiplog(session), commands(session));
        line.setOut(new PrintWriter(console.out(), true, UTF_8));
        line.setErr(new PrintWriter(console.err(), true, UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.paint() == dev.shiplog.cli.show.Paint.COLOURED ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(Math.min(120, Math.max(80, console.columns())));
        line.getCommandSpec().versionProvider(new Version(session));
        line.setParameterExceptionHandler((problem, args) -> misunderstood(problem, console));
        line.setExecutionExceptionHandler((problem, command, result) -> failed(problem, console));
        return line;
    }

    /** Commands are given the session when they are made. */
    private static IFactory commands(Session session) {
        var others = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                try {
                    return type.getDeclaredConstructor(Session.class).newInstance(session);
                } catch (NoSuchMethodException e) {
                    return others.create(type);
                }
            }
        };
    }

    private static int misunderstood(ParameterException problem, Console console) {
        console.error(sentence(problem));
        console.say("see: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** What was not understood, in a line. */
    public static String sentence(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            var word = unmatched.getUnmatched().getFirst();
            var commands = problem.getCommandLine().getSubcommands().keySet();
            if (!commands.isEmpty()) {
                return "there is no command \"" + word + "\"; "
                        + Nearest.to(word, commands)
                                .map(name -> "did you mean \"" + name + "\"?")
                                .orElse("there are " + String.join(", ", commands));
            }
        }
        var message = String.valueOf(problem.getMessage());
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static int failed(Exception problem, Console console) {
        if (problem instanceof Failure failure) {
            console.error(failure.sentence());
            return failure.exitCode();
        }
        console.error("this is a fault of shiplog itself: " + problem + "; with this report it can be put right:");
        problem.printStackTrace(console.err());
        return ExitCode.FAILED;
    }
}
