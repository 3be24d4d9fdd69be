package dev.shiplog.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one folder that a local installation keeps everything under, held by one process at a time.
 *
 * <p>The lock is the operating system's, so it ends with the process that holds it however that ends, and its file
 * carries the holder's pid for the message to whoever comes second. {@code endpoints.json} is there only while a holder
 * is up: it appears whole when the holder is ready, and one that a kill has left behind is removed by the next holder.
 */
public final class DataFolder implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Takes the folder, which is made if it isn't there. */
    @SuppressWarnings("MustBeClosedChecker") // the channel is the lock; close() closes it
    public static DataFolder take(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            path = path.toRealPath();
            channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                String holder = readAll(channel).strip();
                channel.close();
                throw inUse(path, holder);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            Files.deleteIfExists(endpoints(path));
            return new DataFolder(path, channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new StartFailure(
                    "Can't use the data folder " + path + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "Check that the folder can be written by this user, or name another one with --data.",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path postgres() {
        return path.resolve("postgres");
    }

    public Path clusters() {
        return path.resolve("clusters");
    }

    /** Tells the world where everything is; only now is the installation ready. */
    public void publish(Endpoints endpoints) {
        try {
            AtomicFile.write(
                    endpoints(path), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(endpoints) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write " + endpoints(path), e);
        }
    }

    /** Gives the folder back; what it holds stays. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(endpoints(path));
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't release " + path, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisVeryProcess) {
            return null;
        }
    }

    private static StartFailure inUse(Path path, String holder) {
        String api = apiOfHolder(path);
        return new StartFailure(
                "The data folder " + path + " is in use by process " + (holder.isEmpty() ? "(unknown)" : holder)
                        + (api == null ? ", which is still starting or stopping." : ", whose API is at " + api + "."),
                "Use that one, stop it first" + (holder.isEmpty() ? "" : " (kill " + holder + ")")
                        + ", or name another folder with --data.");
    }

    private static @Nullable String apiOfHolder(Path path) {
        try {
            return JSON.readValue(Files.readString(endpoints(path)), Endpoints.class)
                    .api();
        } catch (IOException | JacksonException notThereYet) {
            return null;
        }
    }

    private static String readAll(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }

    private static void closeQuietly(@Nullable FileChannel channel) throws StartFailure {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException alreadyFailing) {
                // The first failure is the one to tell.
            }
        }
    }

    private static Path endpoints(Path path) {
        return path.resolve("endpoints.json");
    }
}
