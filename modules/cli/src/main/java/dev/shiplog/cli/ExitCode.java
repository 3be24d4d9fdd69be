package dev.shiplog.cli;

/** What the command line tells scripts. */
public final class ExitCode {

    public static final int DONE = 0;

    /** Failed, or refused. */
    public static final int FAILED = 1;

    /** The command line itself was not understood. */
    public static final int USAGE = 2;

    /** Not done in the time given, as {@code timeout(1)} says it, or not known whether it was handed in. */
    public static final int TIMEOUT = 124;

    private ExitCode() {}
}
