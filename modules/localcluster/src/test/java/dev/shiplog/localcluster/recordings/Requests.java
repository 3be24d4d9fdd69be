package dev.shiplog.localcluster.recordings;

import dev.shiplog.localcluster.HttpClientOf;
import dev.shiplog.localcluster.HttpClientOf.Answer;
import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.recordings.Recording.Line;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes recorded requests to another cluster, where versions and uids are other ones, and so are the names of pods. */
final class Requests {
    private final HttpClientOf client;

    Requests(HttpClientOf client) {
        this.client = client;
    }

    Answer send(Line request) {
        String recorded = request.text("path");
        String path = recorded.contains("/pods/") ? withNameOfAPod(recorded) : recorded;
        String query = request.json()
                .path("query")
                .propertyStream()
                .map(entry -> entry.getKey() + "="
                        + URLEncoder.encode(entry.getValue().asString(""), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        String contentType = request.text("contentType");
        return client.send(
                request.text("method"),
                path + (query.length() > 1 ? query : ""),
                contentType.isEmpty() ? "application/json" : contentType,
                body(request).replace(quotedPod(recorded), quotedPod(path)));
    }

    /** An eviction names its pod in its body too. */
    private static String quotedPod(String path) {
        String[] parts = path.split("/pods/", 2);
        return "\"" + (parts.length < 2 ? path : parts[1].split("/", 2)[0]) + "\"";
    }

    /** The same request about the first pod of the namespace whose name begins as the recorded one's. */
    private String withNameOfAPod(String path) {
        String collection = path.substring(0, path.indexOf("/pods/") + 5);
        String rest = path.substring(collection.length() + 1);
        String recorded = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        String workload = recorded.contains("-") ? recorded.substring(0, recorded.indexOf('-')) : recorded;
        return client.get(collection)
                .body()
                .path("items")
                .valueStream()
                .map(pod -> Json.text(pod, "metadata", "name"))
                .filter(name -> name.startsWith(workload))
                .findFirst()
                .map(name -> collection + "/" + name + rest.substring(recorded.length()))
                .orElse(path);
    }

    private static String body(Line request) {
        JsonNode body = request.json().path("body");
        if (body instanceof ObjectNode object) {
            ObjectNode free = Json.without(object, "metadata", "resourceVersion");
            free = Json.without(Json.without(free, "metadata", "uid"), "metadata", "managedFields");
            return free.toString();
        }
        return request.text("bodyText");
    }
}
