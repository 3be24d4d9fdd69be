package dev.shiplog.cli.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A checkout with the real launcher, a build that only makes the jars and counts how often it ran, and JDKs that only
 * say how they were called.
 */
final class Checkout {

    record Run(int exitCode, String out, String err) {}

    private final Path root;
    private final Path elsewhere;
    private final Map<String, String> environment = new HashMap<>();

    Checkout(Path folder) {
        root = folder.resolve("check out");
        elsewhere = folder.resolve("home");
        file(root.resolve("shiplog"), read(launcher()), true);
        file(root.resolve("pom.xml"), "<project/>", false);
        file(root.resolve("proto/a.proto"), "", false);
        for (var module : List.of("cli", "server", "acceptance")) {
            file(root.resolve("modules/" + module + "/pom.xml"), "<project/>", false);
            file(root.resolve("modules/" + module + "/src/main/A.java"), "class A {}", false);
        }
        build("");
        age();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", elsewhere.toString());
    }

    /** The build does this, then makes the jars. */
    Checkout build(String script) {
        file(root.resolve("mvnw"), """
                #!/bin/sh
                echo "built with $JAVA_HOME" >>builds
                %s
                echo "[INFO] Building Shiplog cli 1.0 [1/2]"
                mkdir -p modules/cli/target/lib modules/server/target/lib
                touch modules/cli/target/shiplog-cli-1.jar modules/server/target/shiplog-server-1.jar
                """.formatted(script), true);
        age();
        return this;
    }

    Path jdk(String name, String version) {
        var home = elsewhere.resolve(name);
        file(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n", false);
        file(home.resolve("bin/javac"), "#!/bin/sh\n", true);
        file(home.resolve("bin/java"), "#!/bin/sh\necho \"java of " + name + "\"\nprintf '%s\\n' \"$@\"\n", true);
        return home;
    }

    Checkout with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Checkout changed(String file) {
        touch(root.resolve(file), Instant.now().plusSeconds(60));
        return this;
    }

    Process start(String... words) throws IOException {
        var command = new java.util.ArrayList<String>();
        command.add(root.resolve("shiplog").toString());
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Run run(String... words) throws IOException, InterruptedException {
        return finished(start(words));
    }

    static Run finished(Process process) throws IOException, InterruptedException {
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher did not end");
        }
        return new Run(process.exitValue(), out, err);
    }

    List<String> builds() {
        var builds = root.resolve("builds");
        return Files.exists(builds) ? read(builds).lines().toList() : List.of();
    }

    Path path(String file) {
        return root.resolve(file);
    }

    private static Path launcher() {
        // Tests run in the module's folder, or at the top of the repository.
        for (var candidate : List.of("../../shiplog", "shiplog")) {
            if (Files.isRegularFile(Path.of(candidate))) {
                return Path.of(candidate);
            }
        }
        throw new AssertionError("the launcher is missing");
    }

    /** All files are older than anything that is made from now on, whatever the clock's resolution. */
    private void age() {
        try (var files = Files.walk(root)) {
            files.forEach(file -> touch(file, Instant.now().minusSeconds(60)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void touch(Path file, Instant time) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(time));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void file(Path path, String text, boolean program) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            if (program && !path.toFile().setExecutable(true)) {
                throw new AssertionError(path + " can't be made a program");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
