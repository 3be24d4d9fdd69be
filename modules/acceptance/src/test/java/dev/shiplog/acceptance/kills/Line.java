package dev.shiplog.acceptance.kills;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The line to a server, which can be made to hang: connections are taken, and nothing goes through, either way. */
final class Line implements AutoCloseable {

    private final int port;
    private final ServerSocket listening;
    private final ExecutorService pumps = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch open = new CountDownLatch(0);

    Line(int port) throws IOException {
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        pumps.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    void hang() {
        open = new CountDownLatch(1);
    }

    void goOn() {
        open.countDown();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var near = listening.accept();
                var far = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(near);
                sockets.add(far);
                pumps.execute(() -> pump(near, far));
                pumps.execute(() -> pump(far, near));
            } catch (IOException ignored) {
                // Closed, or the server is away: whoever has come finds out.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                open.await();
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException ignored) {
            // One of the two has gone, and so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.countDown();
        for (var socket : sockets) {
            socket.close();
        }
        pumps.shutdownNow();
        pumps.close();
    }
}
