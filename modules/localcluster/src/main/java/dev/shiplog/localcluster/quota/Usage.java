package dev.shiplog.localcluster.quota;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.pods.Pods;
import dev.shiplog.localcluster.quantity.Quantity;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import dev.shiplog.localcluster.store.Store;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much objects use of the resources that a quota can limit. */
final class Usage {
    private static final Map<String, Kind> COUNTED = Map.of(
            "pods", Kinds.POD,
            "services", Kinds.SERVICE,
            "configmaps", Kinds.CONFIG_MAP,
            "secrets", Kinds.SECRET,
            "resourcequotas", Kinds.RESOURCE_QUOTA);
    private static final Map<String, List<String>> COMPUTE = Map.of(
            "cpu", List.of("requests", "cpu"),
            "memory", List.of("requests", "memory"),
            "requests.cpu", List.of("requests", "cpu"),
            "requests.memory", List.of("requests", "memory"),
            "limits.cpu", List.of("limits", "cpu"),
            "limits.memory", List.of("limits", "memory"));
    private static final Quantity ONE = new Quantity(BigDecimal.ONE, Quantity.Notation.DECIMAL);

    private Usage() {}

    /** The kind whose objects use the resource, if it is one that can be limited here. */
    static Optional<Kind> kindOf(String resource) {
        if (COMPUTE.containsKey(resource)) {
            return Optional.of(Kinds.POD);
        }
        if (resource.equals("services.loadbalancers") || resource.equals("services.nodeports")) {
            return Optional.of(Kinds.SERVICE);
        }
        if (resource.startsWith("count/")) {
            String name = resource.substring("count/".length());
            return Kinds.ALL.stream()
                    .filter(kind -> kind.qualifiedPlural().equals(name))
                    .findFirst();
        }
        return Optional.ofNullable(COUNTED.get(resource));
    }

    static Quantity of(String resource, JsonNode object) {
        List<String> path = COMPUTE.get(resource);
        if (path != null) {
            return Json.at(object, "spec", "containers")
                    .valueStream()
                    .map(container -> Json.at(container, "resources", path.get(0), path.get(1)))
                    .flatMap(amount -> Quantity.of(amount).stream())
                    .reduce(Quantity.ZERO, Quantity::plus);
        }
        return switch (resource) {
            case "services.loadbalancers" ->
                countIf(Json.text(object, "spec", "type").equals("LoadBalancer"));
            case "services.nodeports" ->
                countIf(List.of("LoadBalancer", "NodePort").contains(Json.text(object, "spec", "type")));
            default -> ONE;
        };
    }

    private static Quantity countIf(boolean counts) {
        return counts ? ONE : Quantity.ZERO;
    }

    /** The names of the containers that leave out what the quota limits. */
    static List<String> containersWithout(String resource, JsonNode pod) {
        List<String> path = COMPUTE.get(resource);
        return path == null
                ? List.of()
                : Json.at(pod, "spec", "containers")
                        .valueStream()
                        .filter(container -> Json.at(container, "resources", path.get(0), path.get(1))
                                .isMissingNode())
                        .map(container -> Json.text(container, "name"))
                        .toList();
    }

    /** What is used in a namespace of each of the resources. */
    static Map<String, Quantity> inNamespace(Store store, String namespace, Collection<String> resources) {
        Map<String, Quantity> used = new TreeMap<>();
        for (String resource : resources) {
            Quantity sum = kindOf(resource).map(kind -> store.list(kind, namespace)).stream()
                    .flatMap(Collection::stream)
                    .filter(object -> !isFinishedPod(object))
                    .map(object -> of(resource, object))
                    .reduce(Quantity.ZERO, Quantity::plus);
            used.put(resource, sum);
        }
        return used;
    }

    private static boolean isFinishedPod(ObjectNode object) {
        return Json.text(object, "kind").equals(Kinds.POD.name()) && Pods.isFinished(object);
    }
}
