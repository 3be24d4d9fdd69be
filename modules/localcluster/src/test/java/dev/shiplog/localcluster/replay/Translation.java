package dev.shiplog.localcluster.replay;

import dev.shiplog.localcluster.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** From what the recorded server called things (uids, versions, pods, tokens) to what ours calls them. */
final class Translation {
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern CREATED =
            Pattern.compile("\"creationTimestamp\":\"[^\"]*\",|,\"creationTimestamp\":\"[^\"]*\"");
    private static final Pattern VERSION_FIELD = Pattern.compile("(\"resourceVersion\":\")(\\d+)(\")");

    private final Map<String, String> uids = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    /** Learns from two answers to the same request. */
    void learn(JsonNode recorded, JsonNode ours) {
        learn(uids, Json.text(recorded, "metadata", "uid"), Json.text(ours, "metadata", "uid"));
        learn(
                versions,
                Json.text(recorded, "metadata", "resourceVersion"),
                Json.text(ours, "metadata", "resourceVersion"));
        learn(tokens, Json.text(recorded, "metadata", "continue"), Json.text(ours, "metadata", "continue"));
    }

    private static void learn(Map<String, String> into, String recorded, String ours) {
        if (!recorded.isEmpty() && !ours.isEmpty()) {
            into.put(recorded, ours);
        }
    }

    String body(String recorded) {
        String translated = UID.matcher(CREATED.matcher(recorded).replaceAll(""))
                .replaceAll(found -> uids.getOrDefault(found.group(), found.group()));
        return VERSION_FIELD
                .matcher(translated)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1) + versions.getOrDefault(found.group(2), found.group(2)) + found.group(3)));
    }

    String query(String name, String recorded) {
        return switch (name) {
            case "resourceVersion" -> versions.getOrDefault(recorded, recorded);
            case "continue" -> tokens.getOrDefault(recorded, recorded);
            default -> recorded;
        };
    }
}
