package dev.shiplog.localcluster.discovery;

import dev.shiplog.localcluster.discovery.Schemas.Dialect;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All kinds in one document of OpenAPI v2. kubectl before 1.27 knows no other: it checks with it what it sends, and asks it
 * whether a server knows dry runs.
 */
public final class Swagger {
    public static final String PATH = "/openapi/v2";

    private Swagger() {}

    public static ObjectNode document(List<Kind> kinds) {
        ObjectNode document = Json.object();
        document.put("swagger", "2.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.36.2");
        ObjectNode paths = document.putObject("paths");
        for (Kind kind : kinds) {
            String namespace = kind.namespaced() ? "/namespaces/{namespace}" : "";
            ObjectNode patch = paths.putObject("/" + OpenApi.path(kind) + namespace + "/" + kind.plural() + "/{name}")
                    .putObject("patch");
            patch.put("description", "partially update the specified " + kind.name());
            ArrayNode bodies = patch.putArray("consumes");
            OpenApi.PATCHES.forEach(bodies::add);
            ArrayNode parameters = patch.putArray("parameters");
            OpenApi.PARAMETERS.forEach(name -> parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "query")
                    .put("type", "string")
                    .put("uniqueItems", true));
            patch.putObject("responses").putObject("200").put("description", "OK");
            patch.put("x-kubernetes-action", "patch");
            patch.set("x-kubernetes-group-version-kind", Schemas.groupVersionKind(kind));
        }
        document.set("definitions", Schemas.of(kinds, Dialect.V2));
        return document;
    }
}
