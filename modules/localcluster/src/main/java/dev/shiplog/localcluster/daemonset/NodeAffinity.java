package dev.shiplog.localcluster.daemonset;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import tools.jackson.databind.node.ObjectNode;

/** By which a pod is meant for one node, before the scheduler has bound it. */
final class NodeAffinity {
    private static final String[] TERMS = {
        "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"
    };

    private NodeAffinity() {}

    static ObjectNode boundTo(ObjectNode pod, String node) {
        return Json.with(
                pod,
                Json.parse("[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"" + node
                        + "\"]}]}]"),
                TERMS);
    }

    static String nodeOf(ObjectNode pod) {
        return Pods.isBound(pod)
                ? Pods.nodeName(pod)
                : Json.at(pod, TERMS)
                        .path(0)
                        .path("matchFields")
                        .path(0)
                        .path("values")
                        .path(0)
                        .asString("");
    }
}
