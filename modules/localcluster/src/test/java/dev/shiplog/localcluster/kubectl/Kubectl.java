package dev.shiplog.localcluster.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shiplog.localcluster.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The program that {@code -Dshiplog.test.kubectl=FILE} names, or else the one on the path, and a local cluster of its own to
 * talk to. Without either, tests that use it are skipped.
 */
public final class Kubectl implements AutoCloseable {
    private static final String PROPERTY = "shiplog.test.kubectl";
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final LocalCluster cluster =
            LocalCluster.named("kubectl").timeToReady(Duration.ofMillis(50)).start();

    /** What it has to write is written there. */
    Kubectl(Path folder) {
        this.folder = folder;
        assumeTrue(isThere(), "kubectl is not on the path: what it shows of a local cluster is not tested");
        write("config", cluster.kubeconfig());
    }

    /** What to start. */
    public static String program() {
        return System.getProperty(PROPERTY, "kubectl");
    }

    LocalCluster cluster() {
        return cluster;
    }

    /** A file for {@code -f}. */
    String file(String name, String content) {
        return write(name, content).toString();
    }

    /** What it says; it must succeed. */
    String run(String... arguments) {
        return succeeded(answer("true", arguments));
    }

    /** {@code kubectl edit}, with this for an editor. */
    String edit(String editor, String kind, String name) {
        return succeeded(answer(editor, "edit", kind, name));
    }

    /** What it says where it must fail. */
    String fail(String... arguments) {
        Answer answer = answer("true", arguments);
        assertThat(answer.code()).as(answer.toString()).isNotZero();
        return answer.text();
    }

    private static String succeeded(Answer answer) {
        assertThat(answer.code()).as(answer.toString()).isZero();
        return answer.text();
    }

    @Override
    public void close() {
        cluster.close();
    }

    private record Answer(List<String> command, int code, String text) {}

    private Answer answer(String editor, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(program(), "--kubeconfig", folder.resolve("config").toString()));
        command.addAll(List.of(arguments));
        try {
            Path said = Files.createTempFile(folder, "said", "");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().put("EDITOR", editor);
            int code = exit(builder.start());
            return new Answer(command, code, Files.readString(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that was asked for by name must be there. */
    private static boolean isThere() {
        try {
            return exit(new ProcessBuilder(program(), "version", "--client")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException e) {
            if (System.getProperty(PROPERTY) != null) {
                throw new UncheckedIOException(e);
            }
            return false;
        }
    }

    /** It is not waited for without end. */
    private static int exit(Process process) {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
