package dev.shiplog.server;

import dev.shiplog.embedded.StartFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether the API can listen where it shall, asked before anything else is started. */
public final class Ports {

    private Ports() {}

    /** @throws StartFailure if something listens there already; port 0 is always free */
    public static void ensureFree(String host, int port) {
        if (port == 0) {
            return;
        }
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartFailure(
                    "The API can't listen on " + host + ":" + port + ": " + e.getMessage() + ".",
                    "Stop what listens there, or choose another port with --port (api.port in a configuration file); 0 takes a"
                            + " free one.",
                    e);
        }
    }
}
