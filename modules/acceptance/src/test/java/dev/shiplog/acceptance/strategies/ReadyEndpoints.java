package dev.shiplog.acceptance.strategies;

import dev.shiplog.localcluster.LocalCluster;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Subscription;
import tools.jackson.databind.JsonNode;

/** How many ready endpoints a Service has, at each change of its slice. */
final class ReadyEndpoints implements AutoCloseable {

    private final LocalCluster cluster;
    private final String service;
    private final Subscription subscription;
    private volatile int fewest = Integer.MAX_VALUE;

    ReadyEndpoints(LocalCluster cluster, String service) {
        this.cluster = cluster;
        this.service = service;
        this.subscription = cluster.onLoop(() -> {
            cluster.store().list(Kinds.ENDPOINT_SLICE, "default").forEach(this::look);
            return cluster.store().subscribe(Kinds.ENDPOINT_SLICE, this::changed);
        });
    }

    private void changed(Change change) {
        look(change.object());
    }

    private void look(JsonNode slice) {
        if (slice.at("/metadata/labels")
                .path("kubernetes.io/service-name")
                .asString("")
                .equals(service)) {
            int ready = (int) slice.path("endpoints")
                    .valueStream()
                    .filter(endpoint -> endpoint.at("/conditions/ready").asBoolean(true))
                    .count();
            fewest = Math.min(fewest, ready);
        }
    }

    int fewest() {
        return fewest;
    }

    @Override
    public void close() {
        cluster.onLoop(() -> {
            subscription.close();
            return fewest;
        });
    }
}
