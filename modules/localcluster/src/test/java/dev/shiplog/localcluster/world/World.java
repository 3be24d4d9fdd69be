package dev.shiplog.localcluster.world;

import dev.shiplog.localcluster.LocalCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A cluster that is asked what a recorded one was asked. */
public interface World extends AutoCloseable {

    /**
     * What has happened to an object.
     *
     * @param type ADDED, MODIFIED or DELETED
     */
    record Seen(String type, String kind, JsonNode object) {}

    /** The cluster that {@code -Dshiplog.test.kubeconfig} names, or else this local one. */
    static World of(LocalCluster.Builder local) {
        String kubeconfig = System.getProperty("shiplog.test.kubeconfig");
        return kubeconfig == null ? new DrivenWorld(local) : new RealWorld(kubeconfig);
    }

    /** Whether it is a local cluster, on time that is driven. */
    boolean isDriven();

    String url();

    /** The headers by which a user of a recording is known; {@code admin} is the administrator, {@code (none)} nobody. */
    Map<String, String> credentials(String user);

    /** Makes a namespace, and looks at what happens in it from now on. */
    void namespace(String name);

    void pass(Duration time);

    /** What has been seen since the last time, of these kinds. */
    List<Seen> seen(Set<String> kinds);

    @Override
    void close();
}
