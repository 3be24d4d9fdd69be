package dev.shiplog.kubernetes;

import dev.shiplog.engine.cluster.ClusterGateway;
import dev.shiplog.engine.cluster.ClusterGateways;
import dev.shiplog.engine.cluster.Sighting;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Gateways over the Kubernetes API. All of them share the event loops of one Vert.x and one thread for alarms, and wait
 * on virtual threads, so that hundreds of clusters fit in one process.
 */
public final class Fabric8ClusterGateways implements ClusterGateways, AutoCloseable {

    private final Function<String, ClusterConnection> connections;
    private final SecretOpener secrets;
    private final Vertx5HttpClientFactory clients;
    private final ScheduledThreadPoolExecutor alarms;
    private final GatewayLimits limits;

    /**
     * @param connections how to reach a cluster by its name; asked again until it knows, and throws
     *     IllegalArgumentException with what to do until then
     * @param vertx shared, and not closed here
     */
    public Fabric8ClusterGateways(
            Function<String, ClusterConnection> connections, SecretOpener secrets, Vertx vertx, GatewayLimits limits) {
        this.limits = limits;
        this.connections = connections;
        this.secrets = secrets;
        this.clients = new Vertx5HttpClientFactory(vertx);
        this.alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("gateway-alarms").factory());
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public ClusterGateway open(String cluster, Consumer<Sighting> sightings) {
        RandomGenerator chance = () -> ThreadLocalRandom.current().nextLong();
        return new Fabric8ClusterGateway(
                cluster,
                new Fabric8ClusterGateway.Surroundings(
                        () -> connections.apply(cluster),
                        clients,
                        secrets,
                        alarms,
                        InstantSource.system(),
                        chance,
                        limits.changes()),
                sightings);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }
}
