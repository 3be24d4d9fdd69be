package dev.shiplog.localcluster.store;

import dev.shiplog.localcluster.json.Frozen;
import dev.shiplog.localcluster.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * One file to which every write is appended as a line, before anybody hears of it. A line that was cut off by a crash is
 * dropped. Once most lines are history, the file is written anew beside itself and put in its place at one stroke. What
 * the process has written outlives the process; whether it outlives the machine is left to the file system.
 */
public final class FileJournal implements Journal {
    private static final int LINES_PER_OBJECT = 4;
    private static final int LINES_AT_LEAST = 2_000;

    private final Path file;
    private final Map<ObjectKey, ObjectNode> live = new LinkedHashMap<>();
    private FileChannel channel;
    private long resourceVersion;
    private long lines;

    public FileJournal(Path folder) {
        try {
            Files.createDirectories(folder);
            this.file = folder.resolve("objects.jsonl");
            read();
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            compact();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long restore(BiConsumer<ObjectKey, ObjectNode> into) {
        live.forEach(into);
        return resourceVersion;
    }

    @Override
    public void append(Change change) {
        resourceVersion = change.resourceVersion();
        ObjectNode line;
        if (change.type() == Change.Type.DELETED) {
            live.remove(change.key());
            line = line(change.key());
        } else {
            live.put(change.key(), change.object());
            line = line(change.key(), change.object());
        }
        try {
            write(channel, line.put("version", resourceVersion));
            lines++;
            if (lines > LINES_AT_LEAST + (long) LINES_PER_OBJECT * live.size()) {
                compact();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (!take(new String(bytes, from, i - from, StandardCharsets.UTF_8))) {
                    break;
                }
                from = i + 1;
            }
        }
        if (from < bytes.length) {
            try (FileChannel torn = FileChannel.open(file, StandardOpenOption.WRITE)) {
                torn.truncate(from);
            }
        }
    }

    private boolean take(String written) {
        try {
            ObjectNode line = (ObjectNode) Json.parse(written);
            ObjectKey key = Kinds.byPlural(Json.text(line, "group"), Json.text(line, "plural"))
                    .orElseThrow(() -> new IllegalStateException(file + " holds a kind that is not known: " + line))
                    .key(Json.text(line, "namespace"), Json.text(line, "name"));
            if (line.path("object") instanceof ObjectNode object) {
                live.put(key, Frozen.of(object));
            } else {
                live.remove(key);
            }
            resourceVersion = line.path("version").longValue();
            lines++;
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Leaves one line per object; the last carries the version that was reached. */
    private void compact() throws IOException {
        Path fresh = file.resolveSibling("objects.fresh");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (Map.Entry<ObjectKey, ObjectNode> entry : live.entrySet()) {
                write(out, line(entry.getKey(), entry.getValue()).put("version", resourceVersion));
            }
            out.force(true);
        }
        channel.close();
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        lines = live.size();
    }

    private static ObjectNode line(ObjectKey key) {
        return Json.object()
                .put("group", key.kind().group())
                .put("plural", key.kind().plural())
                .put("namespace", key.namespace())
                .put("name", key.name());
    }

    private static ObjectNode line(ObjectKey key, ObjectNode object) {
        ObjectNode line = line(key);
        line.set("object", object);
        return line;
    }

    private static void write(FileChannel to, ObjectNode line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
