package dev.shiplog.kubernetes;

import dev.shiplog.kubernetes.access.ApiServer;
import dev.shiplog.kubernetes.access.Resources;
import dev.shiplog.kubernetes.capacity.Surveyor;
import dev.shiplog.kubernetes.write.Applier;
import dev.shiplog.kubernetes.write.Deleter;
import dev.shiplog.kubernetes.write.RouteWriter;
import java.util.List;

/** What writes to a cluster once it is known how to reach it. */
record Session(ApiServer server, Surveyor surveyor, RouteWriter routes, Applier applier, Deleter deleter)
        implements AutoCloseable {

    static Session of(ApiServer server, List<String> namespaces, SecretOpener secrets) {
        var resources = new Resources(server, namespaces);
        return new Session(
                server,
                new Surveyor(server, resources),
                new RouteWriter(server, resources),
                new Applier(server, resources, secrets),
                new Deleter(server, resources));
    }

    @Override
    public void close() {
        server.close();
    }
}
