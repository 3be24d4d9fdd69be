package dev.shiplog.localcluster.defaults;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives Services an address inside the cluster and ports on its nodes; what a Service has it keeps. */
public final class ServiceAddresses {
    private static final String IN_DRY_RUN = "10.96.0.0";
    private static final int FIRST_NODE_PORT = 30_000;
    private static final int NODE_PORTS = 2_768;
    private static final int ADDRESSES = 1 << 12;

    private final Store store;

    public ServiceAddresses(Store store) {
        this.store = store;
    }

    /** Fills in the object itself, which must not be shared. */
    public void fill(ObjectNode service, @Nullable ObjectNode before, boolean dryRun) {
        ObjectNode spec = Fill.object(service, "spec");
        String type = Json.text(spec, "type");
        if (type.equals("ExternalName")) {
            return;
        }
        if (!spec.has("clusterIP")) {
            String kept = before == null ? "" : Json.text(before, "spec", "clusterIP");
            spec.put("clusterIP", !kept.isEmpty() ? kept : dryRun ? IN_DRY_RUN : freeAddress(service));
        }
        if (!spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(spec.path("clusterIP"));
        }
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        Fill.text(spec, "ipFamilyPolicy", "SingleStack");
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            nodePorts(spec, before);
        }
    }

    private void nodePorts(ObjectNode spec, @Nullable ObjectNode before) {
        Set<Integer> taken = new HashSet<>();
        for (ObjectNode other : store.list(Kinds.SERVICE)) {
            Json.at(other, "spec", "ports")
                    .forEach(port -> taken.add(port.path("nodePort").asInt(0)));
        }
        Fill.each(spec.path("ports"), port -> {
            if (port.has("nodePort")) {
                return;
            }
            int kept = before == null ? 0 : nodePortBefore(before, port);
            int start = Math.floorMod(port.hashCode(), NODE_PORTS);
            for (int i = 0; kept == 0 && i < NODE_PORTS; i++) {
                int candidate = FIRST_NODE_PORT + (start + i) % NODE_PORTS;
                kept = taken.add(candidate) ? candidate : 0;
            }
            port.put("nodePort", kept);
        });
    }

    private static int nodePortBefore(ObjectNode before, ObjectNode port) {
        for (JsonNode old : Json.at(before, "spec", "ports")) {
            if (Json.same(old.path("port"), port.path("port"))
                    && Json.same(old.path("protocol"), port.path("protocol"))) {
                return old.path("nodePort").asInt(0);
            }
        }
        return 0;
    }

    private String freeAddress(ObjectNode service) {
        Set<String> taken = new HashSet<>();
        store.list(Kinds.SERVICE).forEach(other -> taken.add(Json.text(other, "spec", "clusterIP")));
        String who = Json.text(service, "metadata", "namespace") + "/" + Json.text(service, "metadata", "name");
        int start = Math.floorMod(who.hashCode(), ADDRESSES);
        for (int i = 0; i < ADDRESSES; i++) {
            int host = 16 + (start + i) % ADDRESSES;
            String candidate = "10.96." + (host >> 8) + "." + (host & 255);
            if (!taken.contains(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no address is left for Services");
    }
}
