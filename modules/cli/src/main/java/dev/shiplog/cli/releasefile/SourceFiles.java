package dev.shiplog.cli.releasefile;

import dev.shiplog.cli.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files as they are named: on the command line relative to the working folder, in a release file relative to it. */
final class SourceFiles {

    /** More can't be sent in one command, whatever is done with it. */
    private static final long BYTES_MAX = 4 << 20;

    private SourceFiles() {}

    /** The manifests in a folder (not below it), by name. */
    static List<Path> manifests(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Failure.refused(folder + ": can't be read: " + reason(e), e);
        }
    }

    /** The regular files in a folder (not below it), by name, as {@code kubectl create secret --from-file} takes them. */
    static List<Path> inFolder(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static String text(InputStream stdin) {
        try {
            return decode(stdin.readAllBytes()).orElseThrow(() -> Failure.refused("-: is no text in UTF-8"));
        } catch (IOException e) {
            throw Failure.refused("-: can't be read: " + reason(e), e);
        }
    }

    /** The bytes, or none after saying what is wrong. */
    static Optional<byte[]> bytes(Path file, Place named, String path, Problems problems) {
        if (!Files.exists(file)) {
            problems.add(named, path, "no file " + file + similar(file));
            return Optional.empty();
        }
        if (Files.isDirectory(file)) {
            problems.add(named, path, file + " is a folder; name its files");
            return Optional.empty();
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                problems.add(
                        named, path, file + " is over " + (BYTES_MAX >> 20) + " MiB, more than a release can carry");
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add(named, path, file + " can't be read: " + reason(e));
            return Optional.empty();
        }
    }

    static Optional<String> text(Path file, Place named, String path, Problems problems) {
        var bytes = bytes(file, named, path, problems);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        var text = decode(bytes.get());
        if (text.isEmpty()) {
            problems.add(named, path, file + " is no text in UTF-8");
        }
        return text;
    }

    /** UTF-8, or none: then it is no text. */
    static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    static String similar(Path missing) {
        var folder = missing.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return folder == null ? "" : ", nor is there a folder " + folder;
        }
        try (var siblings = Files.list(folder)) {
            var names =
                    siblings.map(sibling -> sibling.getFileName().toString()).toList();
            return Nearest.to(missing.getFileName().toString(), names)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
