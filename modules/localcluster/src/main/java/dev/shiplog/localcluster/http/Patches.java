package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.patch.GoText;
import dev.shiplog.localcluster.patch.JsonPatch;
import dev.shiplog.localcluster.patch.MergePatch;
import dev.shiplog.localcluster.patch.PatchException;
import dev.shiplog.localcluster.patch.StrategicMergePatch;
import dev.shiplog.localcluster.schema.Mismatch;
import dev.shiplog.localcluster.schema.Problem;
import dev.shiplog.localcluster.schema.Schema;
import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a JSON, merge or strategic merge patch makes of an object. One that cannot be read is 400; one after which the object does not
 * fit its kind is 422 with the field {@code patch}, which shows the object that it would have made, or a strategic merge patch itself.
 */
final class Patches {
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String MERGE = "application/merge-patch+json";
    private static final String JSON = "application/json-patch+json";

    static final Set<String> TYPES = Set.of(STRATEGIC, MERGE, JSON);

    private Patches() {}

    /** The patched object, canonical. */
    static ObjectNode typed(Call call, Kind kind, ObjectNode current) {
        ObjectNode patched = applied(call, current, Schema.of(kind));
        if (!call.contentType().equals(STRATEGIC)) {
            checkKind(call, kind, patched);
        }
        return Decoder.typed(call, kind, patched, words(call), why -> unfit(call, patched, why));
    }

    /** After a strategic merge patch the type is what it was, whatever the patch says; others are read anew. */
    private static void checkKind(Call call, Kind kind, ObjectNode patched) {
        String name = Json.text(patched, "kind");
        String version = Json.text(patched, "apiVersion");
        boolean sameName = name.isEmpty() || name.equals(kind.name());
        if (sameName && (version.isEmpty() || version.equals(kind.apiVersion()))) {
            return;
        }
        String found = name.isEmpty() ? kind.name() : name;
        String at = version.isEmpty() ? kind.apiVersion() : version;
        boolean known = Kinds.byName(at, found).isPresent();
        throw unfit(
                call,
                patched,
                known
                        ? "converting (" + at.substring(at.indexOf('/') + 1) + "." + found + ") to ("
                                + (kind.group().isEmpty()
                                        ? "core"
                                        : kind.group().split("\\.", 2)[0]) + "." + kind.name()
                                + "): unknown conversion"
                        : Decoder.unregistered(found, at));
    }

    static ObjectNode applied(Call call, ObjectNode current, Shape shape) {
        JsonNode patch = patch(call);
        JsonNode result = switch (call.contentType()) {
            case JSON -> byOperations(current, patch);
            case MERGE -> MergePatch.apply(current, patch);
            case STRATEGIC -> strategically(current, (ObjectNode) patch, shape);
            default -> throw unsupported();
        };
        if (result instanceof ObjectNode object) {
            return object;
        }
        throw StatusException.badRequest("the patch leaves no object");
    }

    /** The words in which a problem is told to whoever sent a patch of this type. */
    static Function<Problem, String> words(Call call) {
        return call.contentType().equals(STRATEGIC) ? Problem::converting : Problem::decoding;
    }

    static StatusException unfit(Call call, ObjectNode patched, String why) {
        String shown = call.contentType().equals(STRATEGIC) ? GoText.of(Decoder.json(call)) : patched.toString();
        return StatusException.invalid(
                "", "", "", List.of(Cause.invalid("patch", Json.text(shown).toString(), why)));
    }

    static StatusException unsupported() {
        return StatusException.of(415, "UnsupportedMediaType", "415: Unsupported Media Type", Json.object());
    }

    private static JsonNode patch(Call call) {
        JsonNode patch = Decoder.json(call);
        boolean operations = call.contentType().equals(JSON);
        if (operations ? patch.isArray() : patch.isObject()) {
            return patch;
        }
        throw StatusException.badRequest((call.contentType().equals(STRATEGIC) ? "" : "error decoding patch: ")
                + "json: cannot unmarshal " + Mismatch.json(patch) + " into Go value of type "
                + (operations ? "[]handlers.jsonPatchOp" : "map[string]interface {}"));
    }

    private static JsonNode byOperations(ObjectNode current, JsonNode operations) {
        try {
            return JsonPatch.apply(current, operations);
        } catch (PatchException e) {
            throw StatusException.of(
                    422, "Invalid", "the server rejected our request due to an error in our request", Json.object());
        }
    }

    /** A list that cannot be merged is the server's error, strange as it is. */
    private static JsonNode strategically(ObjectNode current, ObjectNode patch, Shape shape) {
        try {
            return StrategicMergePatch.apply(current, patch, shape);
        } catch (PatchException e) {
            throw StatusException.of(500, "", String.valueOf(e.getMessage()));
        }
    }
}
