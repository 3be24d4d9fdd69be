package dev.shiplog.localcluster.discovery;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of OpenAPI v3 as {@code kubectl explain} shows, and as clients need to see that the server validates fields itself:
 * kubectl would otherwise refuse to send anything that it cannot check.
 */
public final class OpenApi {
    /** What the body of a PATCH may be. */
    static final List<String> PATCHES = List.of(
            "application/apply-patch+yaml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json");

    static final List<String> PARAMETERS = List.of("fieldValidation", "dryRun", "fieldManager", "force");

    private static final String ROOT = "/openapi/v3";

    private final List<Kind> kinds;

    /** Of a cluster that serves these kinds. */
    public OpenApi(List<Kind> kinds) {
        this.kinds = kinds;
    }

    public Optional<ObjectNode> at(String path) {
        if (path.equals(ROOT)) {
            return Optional.of(root());
        }
        if (path.startsWith(ROOT + "/")) {
            String of = path.substring(ROOT.length() + 1);
            return paths().contains(of) ? Optional.of(document(of)) : Optional.empty();
        }
        return Optional.empty();
    }

    private Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        kinds.forEach(kind -> paths.add(path(kind)));
        return paths;
    }

    static String path(Kind kind) {
        return (kind.group().isEmpty() ? "api/" : "apis/") + kind.apiVersion();
    }

    private ObjectNode root() {
        ObjectNode root = Json.object();
        ObjectNode paths = root.putObject("paths");
        paths().forEach(path -> paths.putObject(path).put("serverRelativeURL", ROOT + "/" + path + "?hash=2"));
        return root;
    }

    private ObjectNode document(String of) {
        ObjectNode document = Json.object();
        document.put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.36.2");
        ObjectNode paths = document.putObject("paths");
        for (Kind kind : kinds) {
            if (path(kind).equals(of)) {
                String namespace = kind.namespaced() ? "/namespaces/{namespace}" : "";
                ObjectNode patch = paths.putObject("/" + of + namespace + "/" + kind.plural() + "/{name}")
                        .putObject("patch");
                patch.put("description", "partially update the specified " + kind.name());
                ArrayNode parameters = patch.putArray("parameters");
                PARAMETERS.forEach(name -> parameters.add(parameter(name)));
                patch.putObject("responses").putObject("200").put("description", "OK");
                ObjectNode bodies = patch.putObject("requestBody").putObject("content");
                PATCHES.forEach(bodies::putObject);
                patch.put("x-kubernetes-action", "patch");
                patch.set("x-kubernetes-group-version-kind", Schemas.groupVersionKind(kind));
            }
        }
        document.putObject("components")
                .set(
                        "schemas",
                        Schemas.of(
                                kinds.stream()
                                        .filter(kind -> path(kind).equals(of))
                                        .toList(),
                                Schemas.Dialect.V3));
        return document;
    }

    private static ObjectNode parameter(String name) {
        ObjectNode parameter = Json.object();
        parameter.put("name", name).put("in", "query");
        parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
        return parameter;
    }
}
