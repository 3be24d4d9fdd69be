package dev.shiplog.cli;

import dev.shiplog.cli.show.Paint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the command line speaks: data goes to {@code out}, talk to {@code err}.
 *
 * @param outIsTerminal whether a person reads {@code out}: only then is it coloured and redrawn in place
 * @param columns width of the terminal
 * @param lines height of the terminal
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        int lines,
        Map<String, String> environment) {

    /** Which descriptors are a terminal, as the launcher saw it: {@code out}, {@code err}; the JDK can't say each. */
    private static final String TERMINAL = "shiplog.terminal";

    /** Height and width of the terminal, as {@code stty size} says it. */
    private static final String SIZE = "shiplog.terminal.size";

    /** The console of this process. */
    public static Console ofProcess() {
        var terminal = System.getProperty(TERMINAL, "");
        var size = System.getProperty(SIZE, "").split(" ", -1);
        return new Console(
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                terminal.contains("out"),
                terminal.contains("err"),
                size.length == 2 ? number(size[1], 120) : 120,
                size.length == 2 ? number(size[0], 40) : 40,
                System.getenv());
    }

    public Paint paint() {
        return coloured(outIsTerminal) ? Paint.COLOURED : Paint.PLAIN;
    }

    /** For people, beside the data. */
    public void say(String line) {
        err.println(line);
    }

    /** That the server shows what was, and why. */
    public void stale(String reason) {
        say("warning: what is shown is old: " + reason);
    }

    public void error(String message) {
        var word = "error: ";
        err.println((coloured(errIsTerminal) ? Paint.COLOURED.bad(word) : word) + message);
    }

    public String variable(String name, String otherwise) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    private boolean coloured(boolean terminal) {
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    private static int number(String text, int otherwise) {
        try {
            int number = Integer.parseInt(text.strip());
            return number > 0 ? number : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
