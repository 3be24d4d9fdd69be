package dev.shiplog.localcluster.scheduling;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/** What a pod takes from its node, or what a node has. */
record Requests(long cpuMillis, long memoryBytes, long pods) {
    static final Requests NONE = new Requests(0, 0, 0);

    static Requests ofPod(JsonNode pod) {
        Requests running = Requests.NONE;
        for (JsonNode container : Json.at(pod, "spec", "containers")) {
            running = running.plus(of(Json.at(container, "resources", "requests"), 0));
        }
        for (JsonNode container : Json.at(pod, "spec", "initContainers")) {
            running = running.most(of(Json.at(container, "resources", "requests"), 0));
        }
        return new Requests(running.cpuMillis, running.memoryBytes, 1);
    }

    static Requests allocatable(JsonNode node) {
        JsonNode allocatable = Json.at(node, "status", "allocatable");
        return of(allocatable, amount(allocatable, "pods").longValue());
    }

    private static Requests of(JsonNode resources, long pods) {
        return new Requests(
                amount(resources, "cpu")
                        .movePointRight(3)
                        .setScale(0, RoundingMode.CEILING)
                        .longValue(),
                amount(resources, "memory").setScale(0, RoundingMode.CEILING).longValue(),
                pods);
    }

    private static BigDecimal amount(JsonNode resources, String name) {
        return Quantity.of(resources.path(name)).map(Quantity::value).orElse(BigDecimal.ZERO);
    }

    Requests plus(Requests other) {
        return new Requests(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes, pods + other.pods);
    }

    Requests minus(Requests other) {
        return new Requests(cpuMillis - other.cpuMillis, memoryBytes - other.memoryBytes, pods - other.pods);
    }

    private Requests most(Requests other) {
        return new Requests(
                Math.max(cpuMillis, other.cpuMillis), Math.max(memoryBytes, other.memoryBytes), pods + other.pods);
    }
}
