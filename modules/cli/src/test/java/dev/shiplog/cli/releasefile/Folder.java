package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with files to be applied. */
record Folder(Path path) {

    static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: hello}
            spec: {replicas: 3}
            """;

    Folder with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Folder with(String name, byte[] bytes) {
        try {
            var file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ReadRelease> read(String... names) {
        return readWith("", names);
    }

    List<ReadRelease> readWith(String stdin, String... names) {
        return Releases.read(List.of(names), new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)), path);
    }

    /** What is said of files that can't be applied; with the folder itself left out, it is another at every run. */
    String refusal(String... names) {
        try {
            read(names);
        } catch (Failure failure) {
            return failure.sentence().replace(path + "/", "").replace(path.toString(), ".");
        }
        throw new AssertionError("nothing was refused");
    }
}
