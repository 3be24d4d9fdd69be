package dev.shiplog.localcluster.nodes;

import dev.shiplog.localcluster.ClusterSettings.NodeSettings;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Change;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Registers the nodes of a new cluster, and of one that was wiped and set up anew. A node that somebody deletes stays away until it was gone
 * and is back, as with a kubelet, which registers when it starts. They send no heartbeats, so that an idle cluster costs nothing.
 */
public final class Nodes implements Controller {
    private static final String MOST_PODS = "500";

    /** As long as this namespace is the same one, the cluster is. */
    private static final String IDENTITY = "kube-system";

    private final List<NodeSettings> nodes;
    private final Connectivity connectivity;

    public Nodes(List<NodeSettings> nodes, Connectivity connectivity) {
        this.nodes = nodes;
        this.connectivity = connectivity;
    }

    @Override
    public void attach(Store store, Timers timers) {
        nodes.forEach(node -> register(store, node));
        store.subscribe(Kinds.NAMESPACE, change -> {
            if (change.type() == Change.Type.ADDED && change.key().name().equals(IDENTITY)) {
                nodes.forEach(node -> register(store, node));
            }
        });
        connectivity.listen(
                name -> nodes.stream().filter(node -> node.name().equals(name)).forEach(node -> register(store, node)));
    }

    private void register(Store store, NodeSettings node) {
        if (!connectivity.isGone(node.name()) && store.get(Kinds.NODE.key("", node.name())) == null) {
            store.create(Kinds.NODE, node(node, nodes.indexOf(node), store.timestamp()), "kubelet");
        }
    }

    private static ObjectNode node(NodeSettings settings, int index, String now) {
        ObjectNode node = Json.object().put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = Json.object().put("name", settings.name());
        metadata.set(
                "labels",
                Json.object()
                        .put("kubernetes.io/arch", "amd64")
                        .put("kubernetes.io/hostname", settings.name())
                        .put("kubernetes.io/os", "linux")
                        .put("topology.kubernetes.io/region", settings.region())
                        .put("topology.kubernetes.io/zone", settings.zone()));
        node.set("metadata", metadata);
        String podCidr = "10.200." + index + ".0/24";
        ObjectNode spec = Json.object().put("podCIDR", podCidr);
        spec.set("podCIDRs", Json.array(List.of(Json.text(podCidr))));
        node.set("spec", spec.put("providerID", "local://" + settings.name()));
        node.set("status", status(settings, now));
        return node;
    }

    private static ObjectNode status(NodeSettings settings, String now) {
        ObjectNode resources = Json.object()
                .put("cpu", settings.cpu())
                .put("ephemeral-storage", "500Gi")
                .put("memory", settings.memory())
                .put("pods", MOST_PODS);
        ObjectNode status = Json.object();
        status.set("capacity", resources);
        status.set("allocatable", resources);
        status.set(
                "conditions",
                Json.array(List.of(
                        sound("Ready", now),
                        sound("MemoryPressure", now),
                        sound("DiskPressure", now),
                        sound("PIDPressure", now),
                        condition("NetworkUnavailable", "False", "RouteCreated", now))));
        status.set(
                "addresses",
                Json.array(List.of(
                        Json.object().put("type", "InternalIP").put("address", "127.0.0.1"),
                        Json.object().put("type", "Hostname").put("address", settings.name()))));
        status.set(
                "nodeInfo",
                Json.object()
                        .put("machineID", "")
                        .put("systemUUID", "")
                        .put("bootID", "")
                        .put("kernelVersion", "simulated")
                        .put("osImage", "simulated")
                        .put("containerRuntimeVersion", "simulated://1")
                        .put("kubeletVersion", "v1.36.2")
                        .put("kubeProxyVersion", "")
                        .put("operatingSystem", "linux")
                        .put("architecture", "amd64"));
        return status;
    }

    /** What the kubelet of a sound node reports. */
    static ObjectNode sound(String type, String now) {
        return switch (type) {
            case "Ready" -> condition(type, "True", "KubeletReady", now);
            case "MemoryPressure" -> condition(type, "False", "KubeletHasSufficientMemory", now);
            case "DiskPressure" -> condition(type, "False", "KubeletHasNoDiskPressure", now);
            default -> condition(type, "False", "KubeletHasSufficientPID", now);
        };
    }

    private static ObjectNode condition(String type, String status, String reason, String now) {
        return Json.object()
                .put("type", type)
                .put("status", status)
                .put("lastHeartbeatTime", now)
                .put("lastTransitionTime", now)
                .put("reason", reason)
                .put("message", reason);
    }
}
