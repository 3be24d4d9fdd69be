package dev.shiplog.server.fleet;

import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.Fleet;
import dev.shiplog.embedded.StartFailure;
import dev.shiplog.server.fleet.ClusterDefinition.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code clusters/NAME/cluster.yaml}, every one of them, and says precisely what is wrong with one. */
public final class FleetFolder {

    private static final double DEFAULT_QPS = 50;
    private static final int DEFAULT_BURST = 100;
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private FleetFolder() {}

    /** @throws StartFailure if the folder or a file in it can't be used */
    public static List<ClusterDefinition> read(Path folder) {
        List<Path> files;
        try (var entries = Files.list(folder)) {
            files = entries.sorted()
                    .map(entry -> entry.resolve("cluster.yaml"))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new StartFailure(
                    "Can't read the clusters folder " + folder.toAbsolutePath() + ": " + e.getMessage(),
                    "Name the folder that holds a folder per cluster with --clusters.",
                    e);
        }
        if (files.isEmpty()) {
            throw new StartFailure(
                    "No clusters in " + folder.toAbsolutePath() + ".",
                    "Put a folder per cluster there, each with a cluster.yaml; the repository's clusters/ shows how.");
        }
        var clusters = new LinkedHashMap<String, ClusterDefinition>();
        for (var file : files) {
            var cluster = new Reader(file).read();
            if (clusters.put(cluster.name(), cluster) != null) {
                throw new StartFailure(
                        file + ": there is another cluster named \"" + cluster.name() + "\".",
                        "Give each cluster a name of its own.");
            }
        }
        return List.copyOf(clusters.values());
    }

    public static Fleet fleet(List<ClusterDefinition> definitions) {
        return Fleet.of(definitions.stream()
                .map(definition -> new Cluster(definition.name(), definition.labels()))
                .toList());
    }

    /** One file, field by field. */
    private record Reader(Path file) {

        ClusterDefinition read() {
            var root = map("", parsed());
            known("", root, Set.of("apiVersion", "kind", "metadata", "spec"));
            expected("apiVersion", root, "shiplog.dev/v1");
            expected("kind", root, "Cluster");
            var metadata = map("metadata", root.get("metadata"));
            known("metadata.", metadata, Set.of("name", "labels"));
            var spec = map("spec", root.get("spec"));
            known("spec.", spec, Set.of("connection", "namespaces", "qps", "burst"));
            return new ClusterDefinition(
                    text("metadata.name", metadata.get("name")),
                    labels(metadata.get("labels")),
                    connection(map("spec.connection", spec.get("connection"))),
                    namespaces(spec.get("namespaces")),
                    number("spec.qps", spec.get("qps"), DEFAULT_QPS),
                    (int) number("spec.burst", spec.get("burst"), DEFAULT_BURST));
        }

        private Object parsed() {
            try {
                var settings = LoadSettings.builder().setLabel(file.toString()).build();
                Object document = new Load(settings).loadFromString(Files.readString(file));
                return document == null ? Map.of() : document;
            } catch (IOException | YamlEngineException e) {
                throw new StartFailure(file + ": " + e.getMessage(), "Mend the file.", e);
            }
        }

        private Connection connection(Map<String, Object> connection) {
            known("spec.connection.", connection, Set.of("local", "kubeconfig", "inCluster"));
            if (connection.size() != 1) {
                throw wrong("spec.connection", "names exactly one of local, kubeconfig, inCluster");
            }
            if (connection.containsKey("local")) {
                var local = map("spec.connection.local", connection.get("local"));
                known("spec.connection.local.", local, Set.of("gatewayAPI"));
                return new Connection.Local(bool("spec.connection.local.gatewayAPI", local.get("gatewayAPI")));
            }
            if (connection.containsKey("inCluster")) {
                return new Connection.InCluster();
            }
            var kubeconfig = map("spec.connection.kubeconfig", connection.get("kubeconfig"));
            known("spec.connection.kubeconfig.", kubeconfig, Set.of("path", "context"));
            var path = text("spec.connection.kubeconfig.path", kubeconfig.get("path"));
            var folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
            return new Connection.Kubeconfig(
                    folder.resolve(path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path),
                    kubeconfig.containsKey("context")
                            ? Optional.of(text("spec.connection.kubeconfig.context", kubeconfig.get("context")))
                            : Optional.empty());
        }

        private Map<String, String> labels(@Nullable Object value) {
            var labels = new LinkedHashMap<String, String>();
            if (value != null) {
                map("metadata.labels", value).forEach((name, label) -> labels.put(name, String.valueOf(label)));
            }
            return labels;
        }

        private List<String> namespaces(@Nullable Object value) {
            if (value == null) {
                return List.of();
            }
            if (!(value instanceof List<?> entries) || entries.isEmpty()) {
                throw wrong("spec.namespaces", "must be a list of names; leave it out for all namespaces");
            }
            var names = entries.stream()
                    .map(name -> text("spec.namespaces", name))
                    .distinct()
                    .toList();
            names.stream()
                    .filter(name -> !NAMESPACE.matcher(name).matches())
                    .findFirst()
                    .ifPresent(name -> {
                        throw wrong("spec.namespaces", "names \"" + name + "\", which is no name of a namespace");
                    });
            return names;
        }

        private Map<String, Object> map(String path, @Nullable Object value) {
            if (!(value instanceof Map<?, ?> entries)) {
                throw wrong(path, "must be a mapping");
            }
            var map = new LinkedHashMap<String, Object>();
            entries.forEach((name, member) -> map.put(String.valueOf(name), member));
            return map;
        }

        private String text(String path, @Nullable Object value) {
            if (!(value instanceof String text) || text.isBlank()) {
                throw wrong(path, "must be a text");
            }
            return text;
        }

        private boolean bool(String path, @Nullable Object value) {
            if (value != null && !(value instanceof Boolean)) {
                throw wrong(path, "must be true or false");
            }
            return Boolean.TRUE.equals(value);
        }

        private double number(String path, @Nullable Object value, double otherwise) {
            if (value == null) {
                return otherwise;
            }
            if (!(value instanceof Number number) || number.doubleValue() <= 0) {
                throw wrong(path, "must be a number above 0");
            }
            return number.doubleValue();
        }

        private void expected(String field, Map<String, Object> root, String value) {
            if (!value.equals(root.get(field))) {
                throw wrong(field, "must be " + value);
            }
        }

        private void known(String path, Map<String, Object> map, Set<String> names) {
            var unknown = new ArrayList<>(map.keySet());
            unknown.removeAll(names);
            if (!unknown.isEmpty()) {
                throw wrong(
                        path + unknown.getFirst(),
                        "is no field of a cluster; there are "
                                + names.stream().sorted().toList());
            }
        }

        private StartFailure wrong(String path, String problem) {
            return new StartFailure(
                    file + ": " + (path.isEmpty() ? "the file" : path) + " " + problem + ".", "Mend the file.");
        }
    }
}
