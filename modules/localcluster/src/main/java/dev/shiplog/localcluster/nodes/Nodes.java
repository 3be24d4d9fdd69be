package dev.shiplog.localcluster.nodes;

import dev.shiplog.localcluster.ClusterSettings.NodeSettings;
import dev.shiplog.localcluster.control.Controller;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import dev.shiplog.localcluster.time.Timers;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Registers the nodes of a new cluster. They send no heartbeats, so that an idle cluster costs nothing. */
public final class Nodes implements Controller {
    private static final String MOST_PODS = "500";

    private final List<NodeSettings> nodes;

    public Nodes(List<NodeSettings> nodes) {
        this.nodes = nodes;
    }

    @Override
    public void attach(Store store, Timers timers) {
        String now = store.timestamp();
        for (int i = 0; i < nodes.size(); i++) {
            if (store.get(Kinds.NODE.key("", nodes.get(i).name())) == null) {
                store.create(Kinds.NODE, node(nodes.get(i), i, now), "kubelet");
            }
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
