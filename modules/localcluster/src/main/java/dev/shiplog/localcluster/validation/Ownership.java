package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What keeps an object alive and what takes it along: finalizers and owners. */
final class Ownership {
    private static final String FINALIZERS = "metadata.finalizers";
    private static final String OWNERS = "metadata.ownerReferences";
    private static final Set<String> STANDARD = Set.of("kubernetes", "orphan", "foregroundDeletion");

    private Ownership() {}

    /** @param before the metadata until now */
    static void check(Findings findings, JsonNode meta, @Nullable JsonNode before) {
        finalizers(findings, meta.path("finalizers"), before == null);
        if (before != null && before.has("deletionTimestamp")) {
            nothingNew(findings, meta.path("finalizers"), before.path("finalizers"));
        }
        owners(findings, meta.path("ownerReferences"));
    }

    private static void finalizers(Findings findings, JsonNode finalizers, boolean created) {
        for (int i = 0; i < finalizers.size(); i++) {
            String name = finalizers.path(i).asString("");
            Names.qualified(findings, FINALIZERS, name);
            if (created && !name.contains("/") && !STANDARD.contains(name)) {
                findings.invalid(
                        FINALIZERS + "[" + i + "]",
                        name,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static void nothingNew(Findings findings, JsonNode finalizers, JsonNode before) {
        List<JsonNode> known = before.valueStream().toList();
        String more = finalizers
                .valueStream()
                .filter(name -> !known.contains(name))
                .map(JsonNode::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!more.isEmpty()) {
            findings.add(Cause.forbidden(
                    FINALIZERS,
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                            + more + "}"));
        }
    }

    private static void owners(Findings findings, JsonNode owners) {
        String controller = "";
        for (JsonNode owner : owners) {
            present(findings, owner, "apiVersion", "version must not be empty");
            for (String field : List.of("kind", "name", "uid")) {
                present(findings, owner, field, "must not be empty");
            }
            if (Json.flag(owner, "controller")) {
                if (!controller.isEmpty()) {
                    findings.invalid(
                            OWNERS,
                            owners,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + Json.text(owner, "name"));
                }
                controller = Json.text(owner, "name");
            }
        }
    }

    private static void present(Findings findings, JsonNode owner, String field, String otherwise) {
        if (Json.text(owner, field).isEmpty()) {
            findings.invalid(OWNERS + "." + field, "", otherwise);
        }
    }
}
