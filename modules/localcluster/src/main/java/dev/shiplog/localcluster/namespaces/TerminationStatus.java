package dev.shiplog.localcluster.namespaces;

import dev.shiplog.localcluster.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The conditions by which a namespace that is going says what it waits for. */
record TerminationStatus(ObjectNode namespace, ArrayNode conditions, String now) {

    static ObjectNode with(
            ObjectNode namespace, Map<String, Integer> remaining, Map<String, Integer> finalizers, Instant now) {
        TerminationStatus status = new TerminationStatus(
                namespace, Json.array(), now.truncatedTo(ChronoUnit.SECONDS).toString());
        status.say(
                "NamespaceDeletionDiscoveryFailure",
                false,
                "ResourcesDiscovered",
                "All resources successfully discovered");
        status.say(
                "NamespaceDeletionGroupVersionParsingFailure",
                false,
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed");
        status.say(
                "NamespaceDeletionContentFailure",
                false,
                "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization");
        boolean some = !remaining.isEmpty();
        status.say(
                "NamespaceContentRemaining",
                some,
                some ? "SomeResourcesRemain" : "ContentRemoved",
                some
                        ? "Some resources are remaining: " + list(remaining, " has ")
                        : "All content successfully removed");
        boolean held = !finalizers.isEmpty();
        status.say(
                "NamespaceFinalizersRemaining",
                held,
                held ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
                held
                        ? "Some content in the namespace has finalizers remaining: " + list(finalizers, " in ")
                        : "All content-preserving finalizers finished");
        return Json.with(namespace, status.conditions(), "status", "conditions");
    }

    private static String list(Map<String, Integer> counts, String between) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + between + entry.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }

    private void say(String type, boolean isTrue, String reason, String message) {
        String value = isTrue ? "True" : "False";
        JsonNode before = Json.at(namespace, "status", "conditions")
                .valueStream()
                .filter(condition -> Json.text(condition, "type").equals(type))
                .filter(condition -> Json.text(condition, "status").equals(value))
                .findFirst()
                .orElse(Json.object());
        String since = Json.text(before, "lastTransitionTime");
        conditions
                .addObject()
                .put("type", type)
                .put("status", value)
                .put("lastTransitionTime", since.isEmpty() ? now : since)
                .put("reason", reason)
                .put("message", message);
    }
}
