package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is on a cluster, by the names of the objects.
 *
 * @param services whom they select
 * @param configMaps their content
 */
record Stock(
        SortedMap<String, Deployed> deployments,
        SortedMap<String, Map<String, String>> services,
        SortedMap<String, Map<String, String>> configMaps) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What Kubernetes itself has in each namespace. */
    private static final String OF_KUBERNETES = "kube-root-ca.crt";

    /** @param configs the ConfigMaps that its pods refer to */
    record Deployed(
            List<String> images,
            Map<String, String> labels,
            List<String> configs,
            int replicas,
            boolean paused,
            int current,
            int updated,
            int available) {

        static Deployed of(JsonNode object) {
            var containers = object.at("/spec/template/spec/containers");
            return new Deployed(
                    containers
                            .valueStream()
                            .map(container -> container.path("image").asString())
                            .toList(),
                    texts(object.at("/spec/template/metadata/labels")),
                    containers
                            .valueStream()
                            .flatMap(container -> container.path("envFrom").valueStream())
                            .map(source -> source.at("/configMapRef/name").asString())
                            .toList(),
                    object.at("/spec/replicas").asInt(1),
                    object.at("/spec/paused").asBoolean(false),
                    object.at("/status/replicas").asInt(0),
                    object.at("/status/updatedReplicas").asInt(0),
                    object.at("/status/availableReplicas").asInt(0));
        }

        /** The same, with all its pods as they are to be. */
        Deployed done() {
            return new Deployed(images, labels, configs, replicas, paused, replicas, replicas, replicas);
        }

        boolean isDone() {
            return equals(done());
        }

        boolean isBetweenTwo() {
            return updated > 0 && current > updated;
        }
    }

    Stock() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** What each cluster must have for the history to be true, all pods in place, and nothing else. */
    private static Map<String, Stock> wanted(History history) {
        var all = new TreeMap<String, Stock>();
        Fleet.NAMES.forEach(cluster -> all.put(cluster, new Stock()));
        history.applications()
                .forEach((name, application) -> application.targets().keySet().forEach(cluster -> {
                    var stock = all.computeIfAbsent(cluster, first -> new Stock());
                    history.rollout(cluster, name)
                            .objects()
                            .forEach(object -> stock.add(JSON.readTree(JsonText.of(object.json()))));
                    stock.deployments.replaceAll((each, deployed) -> deployed.done());
                }));
        return all;
    }

    /** Where a cluster is otherwise than the history says, or its users get something else; empty when it is so. */
    static Optional<String> difference(Fleet fleet, History history) {
        var wanted = wanted(history);
        var there = fleet.stock();
        return there.entrySet().stream()
                .flatMap(cluster -> cluster
                        .getValue()
                        .difference(wanted.getOrDefault(cluster.getKey(), new Stock()))
                        .map(difference -> cluster.getKey() + ": " + difference)
                        .stream())
                .findFirst()
                .or(() -> history.usersImages().entrySet().stream()
                        .flatMap(cluster -> there
                                .getOrDefault(cluster.getKey(), new Stock())
                                .misled(cluster.getValue())
                                .map(misled -> cluster.getKey() + ": " + misled)
                                .stream())
                        .findFirst());
    }

    private Optional<String> difference(Stock wanted) {
        return difference("Deployments", wanted.deployments, deployments)
                .or(() -> difference("Services", wanted.services, services))
                .or(() -> difference("ConfigMaps", wanted.configMaps, configMaps));
    }

    private static <T> Optional<String> difference(String what, Map<String, T> wanted, Map<String, T> there) {
        var names = new TreeSet<>(wanted.keySet());
        names.addAll(there.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(wanted.get(name), there.get(name)))
                .map(name ->
                        what + ": the history says " + name + "=" + wanted.get(name) + ", there is " + there.get(name))
                .findFirst();
    }

    /** Each Service leads to one Deployment, which has the images that users are to get. */
    private Optional<String> misled(Map<String, List<String>> images) {
        return images.entrySet().stream()
                .filter(service -> !served(service.getKey()).equals(List.of(service.getValue())))
                .map(service -> "users of " + service + " get " + served(service.getKey()))
                .findFirst();
    }

    void add(JsonNode object) {
        var name = object.at("/metadata/name").asString();
        switch (object.path("kind").asString()) {
            case "Deployment" -> deployments.put(name, Deployed.of(object));
            case "Service" -> services.put(name, texts(object.at("/spec/selector")));
            case "ConfigMap" -> {
                if (!name.equals(OF_KUBERNETES)) {
                    configMaps.put(name, texts(object.at("/data")));
                }
            }
            default -> throw new IllegalArgumentException("no kind that is looked at: " + object);
        }
    }

    /** The images that users of a Service get, one list for each Deployment that it selects. */
    private List<List<String>> served(String service) {
        var selector = services.getOrDefault(service, Map.of());
        return deployments.values().stream()
                .filter(deployed -> deployed.labels().entrySet().containsAll(selector.entrySet()))
                .map(Deployed::images)
                .toList();
    }

    private static Map<String, String> texts(JsonNode object) {
        return object.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().asString(), (one, same) -> one, TreeMap::new));
    }
}
