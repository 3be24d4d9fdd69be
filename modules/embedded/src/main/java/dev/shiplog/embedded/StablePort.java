package dev.shiplog.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A loopback port that stays the same over restarts on the same folder for as long as nobody else has taken it. */
final class StablePort {

    private StablePort() {}

    /** The port kept in the file if it is free, else any free one, which the file then keeps. */
    static int keptIn(Path file) throws IOException {
        if (Files.exists(file)) {
            int kept = parsePort(Files.readString(file).strip());
            if (kept > 0 && isFree(kept)) {
                return kept;
            }
        }
        int chosen = freePort();
        AtomicFile.write(file, chosen + "\n");
        return chosen;
    }

    private static int parsePort(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: a port whose last connections still linger in TIME_WAIT is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
