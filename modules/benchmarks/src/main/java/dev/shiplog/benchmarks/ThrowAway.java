package dev.shiplog.benchmarks;

import dev.shiplog.server.Parts;
import dev.shiplog.server.local.LocalInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * An installation in a folder of its own. However the benchmark ends, also by Ctrl-C or TERM, everything is stopped first
 * and its folder deleted afterwards: a broker whose folder goes away halts the JVM, and then nobody stops the database.
 */
final class ThrowAway implements AutoCloseable {

    private final Parts parts = new Parts();
    private final LocalInstallation installation;

    private ThrowAway(LocalInstallation installation) {
        this.installation = installation;
    }

    static ThrowAway start(int clusters) throws IOException {
        var data = Files.createTempDirectory("shiplog-load-");
        var started = LocalInstallation.start(data, Fleets.local(data, clusters), 0, System.err::println);
        var throwAway = new ThrowAway(started);
        throwAway.parts.keep(() -> delete(data));
        throwAway.parts.keep(started);
        Runtime.getRuntime().addShutdownHook(new Thread(throwAway::close, "throw-away"));
        return throwAway;
    }

    LocalInstallation installation() {
        return installation;
    }

    @Override
    public void close() {
        parts.close();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
