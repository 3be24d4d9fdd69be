package dev.shiplog.localcluster.kubelet;

import dev.shiplog.localcluster.json.Json;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a pod behaves: as the worst of its containers. */
final class PodBehaviour {
    private PodBehaviour() {}

    static Behaviour worst(ObjectNode pod) {
        return Json.at(pod, "spec", "containers")
                .valueStream()
                .map(container -> Behaviour.of(Json.text(container, "image")))
                .min(Behaviour.WORST_FIRST)
                .orElse(Behaviour.WELL);
    }

    static Predicate<JsonNode> is(Behaviour behaviour) {
        return container -> Behaviour.of(Json.text(container, "image")) == behaviour;
    }

    /** The containers whose image says so, or all if the pod is told to crash. */
    static Predicate<JsonNode> crashing(ObjectNode pod) {
        return worst(pod) == Behaviour.CRASHING ? is(Behaviour.CRASHING) : container -> true;
    }

    /** The first image that behaves like this. */
    static String image(ObjectNode pod, Behaviour behaviour) {
        return Json.at(pod, "spec", "containers")
                .valueStream()
                .filter(is(behaviour))
                .map(container -> Json.text(container, "image"))
                .findFirst()
                .orElse("");
    }
}
