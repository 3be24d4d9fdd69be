package dev.shiplog.cli;

import org.jspecify.annotations.Nullable;

/** What stops a command: a sentence for people that says what, where and what to do, and the exit code for scripts. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String code;

    private Failure(int exitCode, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.code = code;
    }

    /** @param code the server's, e.g. {@code unknown-application} */
    public static Failure byServer(String code, String message) {
        return new Failure(ExitCode.FAILED, code, message, null);
    }

    public static Failure refused(String message) {
        return new Failure(ExitCode.FAILED, "", message, null);
    }

    public static Failure refused(String message, Throwable cause) {
        return new Failure(ExitCode.FAILED, "", message, cause);
    }

    public static Failure timeout(String message) {
        return new Failure(ExitCode.TIMEOUT, "", message, null);
    }

    public static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, "", message, null);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Why the server refused, for programs; empty where it was not the server. */
    public String code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
