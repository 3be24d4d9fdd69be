package dev.shiplog.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code initdb} and {@code pg_ctl}, as an ordinary user even if we are root.
 *
 * <p>PostgreSQL refuses to run as root, and as a user id without a name (as some containers have). A user namespace of
 * its own ({@code unshare --user}) takes root's rights away and leaves the files where they are and whose they are; where
 * the kernel doesn't allow that (some containers), root takes the user {@code nobody}, who then must own the data and
 * reach it.
 */
final class PostgresPrograms {

    /** What a program said, both streams, and how it ended. */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    private static final String NOBODY = "nobody";

    private final Path home;
    private final List<String> prefix;
    private final List<String> preparation;

    private PostgresPrograms(Path home, List<String> prefix, List<String> preparation) {
        this.home = home;
        this.prefix = prefix;
        this.preparation = preparation;
    }

    /** The programs in the given home, for data in the given folder (which exists). */
    static PostgresPrograms of(Path home, Path folder) throws IOException {
        String user = System.getProperty("user.name");
        boolean isNameless = user.equals("?");
        if (!user.equals("root") && !isNameless) {
            return new PostgresPrograms(home, List.of(), List.of());
        }
        if (succeeds(List.of("unshare", "--user", "true"))) {
            return new PostgresPrograms(home, List.of("unshare", "--user"), List.of());
        }
        if (isNameless) {
            throw new StartFailure(
                    "PostgreSQL wants its user to have a name, and user namespaces (unshare --user) can't be used.",
                    "Give this user id a line in /etc/passwd.");
        }
        return asNobody(home, folder);
    }

    static PostgresPrograms asNobody(Path home, Path folder) {
        List<String> giveFolder = List.of("chown", "-R", NOBODY, folder.toString());
        List<String> asNobody = List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", NOBODY);
        if (succeeds(giveFolder)
                && succeeds(with(
                        asNobody, "test", "-x", home.resolve("bin/postgres").toString()))
                && succeeds(with(asNobody, "test", "-w", folder.toString()))) {
            return new PostgresPrograms(home, asNobody, giveFolder);
        }
        throw new StartFailure(
                "PostgreSQL does not run as root, and neither a user namespace (unshare --user) nor the user " + NOBODY
                        + " can be used with the data in " + folder + " and the programs in " + home + ".",
                "Start Shiplog as an ordinary user, or keep both where " + NOBODY
                        + " can reach them: --data /var/lib/shiplog and XDG_CACHE_HOME=/var/cache.");
    }

    Outcome run(Duration limit, String program, String... arguments) throws IOException {
        if (!preparation.isEmpty()) {
            run(limit, preparation);
        }
        var command = with(prefix, home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return run(limit, command);
    }

    private static List<String> with(List<String> prefix, String... more) {
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(more));
        return command;
    }

    private static boolean succeeds(List<String> command) {
        try {
            return run(Duration.ofSeconds(30), command).succeeded();
        } catch (IOException notInstalled) {
            return false;
        }
    }

    private static Outcome run(Duration limit, List<String> command) throws IOException {
        // To a file and not to a pipe: the postmaster inherits it from pg_ctl and would hold a pipe open for ever.
        Path output = Files.createTempFile("shiplog-postgres-", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(Path.of("/").toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String said = Files.readString(output, StandardCharsets.ISO_8859_1).strip();
            return ended
                    ? new Outcome(process.exitValue(), said)
                    : new Outcome(-1, said + "\n(not done after " + limit.toSeconds() + " s)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
