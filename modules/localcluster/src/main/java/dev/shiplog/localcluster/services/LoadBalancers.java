package dev.shiplog.localcluster.services;

import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.control.WorkQueue;
import dev.shiplog.localcluster.events.Recorder;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.ObjectKey;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** As a cloud does: a moment after it was asked for, a load balancer has an address. It leads nowhere. */
public final class LoadBalancers implements Controller {
    private static final String MANAGER = "cloud-controller-manager";
    private static final Duration TIME_TO_ADDRESS = Duration.ofMillis(500);
    private static final int ADDRESSES = (1 << 17) - 2;

    private final int first;

    /** Clusters with different names give different addresses, as far as there are enough. */
    public LoadBalancers(String cluster) {
        this.first = Integer.remainderUnsigned(cluster.hashCode() * 0x9E3779B9, ADDRESSES);
    }

    @Override
    public void attach(Store store, Timers timers) {
        Recorder recorder = new Recorder(store, timers);
        WorkQueue<ObjectKey> queue = new WorkQueue<>(timers, key -> look(store, recorder, key));
        store.subscribe(Kinds.SERVICE, change -> {
            if (isBalanced(change.object()) != hasAddress(change.object())) {
                queue.addAfter(change.key(), TIME_TO_ADDRESS);
            }
        });
        store.list(Kinds.SERVICE).forEach(service -> queue.add(ObjectKey.of(Kinds.SERVICE, service)));
    }

    private void look(Store store, Recorder recorder, ObjectKey key) {
        ObjectNode service = store.get(key);
        if (service == null || isBalanced(service) == hasAddress(service)) {
            return;
        }
        ObjectNode balancer = Json.object();
        if (isBalanced(service)) {
            ObjectNode ingress = Json.object().put("ip", freeAddress(store)).put("ipMode", "VIP");
            balancer.set("ingress", Json.array(List.of(ingress)));
        }
        store.updateStatus(key, MANAGER, current -> Json.with(current, balancer, "status", "loadBalancer"));
        if (isBalanced(service)) {
            recorder.normal(
                    "service-controller", Kinds.SERVICE, service, "EnsuredLoadBalancer", "Ensured load balancer");
        }
    }

    private static boolean isBalanced(JsonNode service) {
        return Json.text(service, "spec", "type").equals("LoadBalancer");
    }

    private static boolean hasAddress(JsonNode service) {
        return !Json.at(service, "status", "loadBalancer", "ingress").isEmpty();
    }

    /** Of 198.18.0.0/15, which is kept for measurements and leads nowhere; one that no other Service has. */
    private String freeAddress(Store store) {
        Set<String> taken = store.list(Kinds.SERVICE).stream()
                .flatMap(service ->
                        Json.at(service, "status", "loadBalancer", "ingress").valueStream())
                .map(ingress -> Json.text(ingress, "ip"))
                .collect(Collectors.toSet());
        return IntStream.range(0, ADDRESSES)
                .mapToObj(i -> address(1 + (first + i) % ADDRESSES))
                .filter(free -> !taken.contains(free))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no address is left for load balancers"));
    }

    private static String address(int host) {
        return "198." + (18 + (host >> 16)) + "." + ((host >> 8) & 255) + "." + (host & 255);
    }
}
