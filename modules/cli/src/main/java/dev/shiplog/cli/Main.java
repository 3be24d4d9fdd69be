package dev.shiplog.cli;

import dev.shiplog.cli.command.CommandLines;
import java.time.Clock;
import java.time.ZoneId;

/** The command line's entry. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(Console.ofProcess(), Clock.system(ZoneId.systemDefault()), args));
    }
}
