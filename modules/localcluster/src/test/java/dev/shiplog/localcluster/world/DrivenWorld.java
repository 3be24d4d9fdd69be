package dev.shiplog.localcluster.world;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.TestCluster;
import dev.shiplog.localcluster.access.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A local cluster. */
final class DrivenWorld implements World {
    private static final String ADMIN = "admin";

    private final TestCluster cluster;
    private final HttpClientOf client;

    DrivenWorld(LocalCluster.Builder builder) {
        this.cluster = new TestCluster(builder.tokens(ADMIN));
        this.client = new HttpClientOf(cluster.cluster(), ADMIN);
    }

    @Override
    public boolean isDriven() {
        return true;
    }

    @Override
    public String url() {
        return cluster.cluster().url();
    }

    @Override
    public Map<String, String> credentials(String user) {
        if (user.equals("(none)")) {
            return Map.of();
        }
        if (user.startsWith("system:serviceaccount:") && user.endsWith(":weak")) {
            cluster.cluster().tokens().grant(user, Caller.named(user));
        }
        return Map.of("Authorization", "Bearer " + user.replaceAll("[^A-Za-z0-9:.-]", "-"));
    }

    @Override
    public void namespace(String name) {
        client.send("POST", "/api/v1/namespaces", "application/json", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    @Override
    public void pass(Duration time) {
        cluster.seconds(time.toMillis() / 1000.0);
    }

    @Override
    public List<Seen> seen(Set<String> kinds) {
        return cluster.drain().stream()
                .filter(change -> kinds.contains(change.key().kind().name()))
                .map(change ->
                        new Seen(change.type().name(), change.key().kind().name(), change.object()))
                .toList();
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
