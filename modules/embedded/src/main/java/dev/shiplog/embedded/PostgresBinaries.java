package dev.shiplog.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked once per user from the jar that Maven Central brings.
 *
 * <p>They are unpacked beside their final place and moved there in one step, so that a folder with the final name is
 * always whole, whoever else unpacks at the same moment and wherever a kill strikes. The name carries the checksum of
 * the archive: another version never meets this one's files.
 */
final class PostgresBinaries {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

    private PostgresBinaries() {}

    /** The folder that holds {@code bin/postgres}; under the cache folder, or under the fallback if that can't be written. */
    static Path unpacked(Path cache, Path fallback) throws IOException {
        String archive = "postgres-" + system() + "-" + machine() + ".txz";
        URL url = PostgresBinaries.class.getResource("/" + archive);
        if (url == null) {
            throw new StartFailure(
                    "There are no PostgreSQL programs for this machine (" + archive + ") on the class path.",
                    "Build on this very kind of machine (./mvnw package), or use a PostgreSQL of your own: shiplog serve --config FILE.");
        }
        String name = archive.replace(".txz", "") + "-" + checksum(url);
        for (Path home : new Path[] {cache.resolve(name), fallback.resolve(name)}) {
            if (Files.isDirectory(home)) {
                return home;
            }
        }
        try {
            return unpack(url, cache.resolve(name));
        } catch (IOException e) {
            log.debug("Can't unpack PostgreSQL to {} ({}), taking {}", cache, e.toString(), fallback);
            return unpack(url, fallback.resolve(name));
        }
    }

    /** Where a user's programs keep what they can make again. */
    static Path userCache() {
        String home = System.getProperty("user.home");
        String xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && !xdg.isBlank()) {
            return Path.of(xdg, "shiplog");
        }
        return isMac() ? Path.of(home, "Library", "Caches", "shiplog") : Path.of(home, ".cache", "shiplog");
    }

    private static Path unpack(URL archive, Path home) throws IOException {
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (var tar = new TarArchiveInputStream(new BufferedInputStream(
                new XZInputStream(new BufferedInputStream(archive.openStream(), 1 << 16)), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpackEntry(entry, tar, fresh);
            }
            // Whoever drops root's rights must still be able to read and run it.
            Files.setPosixFilePermissions(fresh, permissions(0755));
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException somebodyElseWasFaster) {
            log.debug("PostgreSQL is already in {}", home);
        } finally {
            deleteTree(fresh);
        }
        return home;
    }

    private static void unpackEntry(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("The archive holds a path outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(content, target);
            Files.setPosixFilePermissions(target, permissions(entry.getMode() | 0444));
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnerReadDown = PosixFilePermission.values();
        for (int bit = 0; bit < 9; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(fromOwnerReadDown[bit]);
            }
        }
        return permissions;
    }

    /** The jar already holds a checksum of its entry; nothing is read for it. */
    private static String checksum(URL url) throws IOException {
        return url.openConnection() instanceof JarURLConnection jar
                ? Long.toHexString(jar.getJarEntry().getCrc())
                : "unpackaged";
    }

    private static String system() {
        if (isMac()) {
            return "darwin";
        }
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static String machine() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
    }

    private static boolean isMac() {
        return System.getProperty("os.name").startsWith("Mac");
    }
}
