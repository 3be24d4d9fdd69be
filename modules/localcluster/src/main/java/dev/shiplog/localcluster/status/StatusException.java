package dev.shiplog.localcluster.status;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A refusal, with the Status object that answers a request. */
public final class StatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ObjectNode status;

    public StatusException(ObjectNode status) {
        super(Json.text(status, "message"), null, false, false);
        this.status = status;
    }

    public static StatusException of(int code, String reason, String message) {
        return new StatusException(failure(code, reason, message));
    }

    public static StatusException of(int code, String reason, String message, ObjectNode details) {
        return new StatusException(Json.with(failure(code, reason, message), details, "details"));
    }

    public static StatusException badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    public static StatusException notFound(Kind kind, String name) {
        return of(
                404,
                "NotFound",
                kind.qualifiedPlural() + " \"" + name + "\" not found",
                details(name, kind.group(), kind.plural()));
    }

    public static StatusException alreadyExists(Kind kind, String name) {
        return of(
                409,
                "AlreadyExists",
                kind.qualifiedPlural() + " \"" + name + "\" already exists",
                details(name, kind.group(), kind.plural()));
    }

    public static StatusException conflict(ObjectKey key, String why) {
        return of(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + key.kind().qualifiedPlural() + " \"" + key.name() + "\": " + why,
                details(key.name(), key.kind().group(), key.kind().plural()));
    }

    public static StatusException modified(ObjectKey key) {
        return conflict(
                key, "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static StatusException forbidden(Kind kind, String name, String why) {
        return of(
                403,
                "Forbidden",
                kind.qualifiedPlural() + " \"" + name + "\" is forbidden: " + why,
                details(name, kind.group(), kind.plural()));
    }

    public static StatusException forbidden(Kind kind, String name, String why, List<Cause> causes) {
        ObjectNode details = details(name, kind.group(), kind.plural());
        details.set("causes", causes(causes));
        return of(403, "Forbidden", kind.qualifiedPlural() + " \"" + name + "\" is forbidden: " + why, details);
    }

    /** 422, named after the Kind rather than the resource. */
    public static StatusException invalid(String group, String kindName, String name, List<Cause> causes) {
        String each = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .distinct()
                .collect(Collectors.joining(", "));
        String message = (group.isEmpty() ? kindName : kindName + "." + group) + " \"" + name + "\" is invalid: "
                + (causes.size() > 1 && each.contains(", ") ? "[" + each + "]" : each);
        ObjectNode details = details(name, group, kindName);
        details.set("causes", causes(causes));
        return of(422, "Invalid", message, details);
    }

    public int code() {
        return (int) Json.number(status, 500, "code");
    }

    public String reason() {
        return Json.text(status, "reason");
    }

    public boolean hasCause(String causeReason) {
        return Json.at(status, "details", "causes")
                .valueStream()
                .anyMatch(cause -> Json.text(cause, "reason").equals(causeReason));
    }

    /** The Status object; not to be changed. */
    public ObjectNode status() {
        return status;
    }

    public static ObjectNode details(String name, String group, String kind) {
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        if (!kind.isEmpty()) {
            details.put("kind", kind);
        }
        return details;
    }

    public static ArrayNode causes(List<Cause> causes) {
        ArrayNode nodes = Json.array();
        for (Cause cause : causes) {
            ObjectNode node = nodes.addObject().put("reason", cause.reason()).put("message", cause.message());
            if (!cause.field().isEmpty()) {
                node.put("field", cause.field());
            }
        }
        return nodes;
    }

    private static ObjectNode failure(int code, String reason, String message) {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.set("metadata", Json.object());
        status.put("status", "Failure").put("message", message);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        return status.put("code", code);
    }
}
