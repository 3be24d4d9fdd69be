package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.json.Yaml;
import dev.shiplog.localcluster.schema.Conformed;
import dev.shiplog.localcluster.schema.Conformer;
import dev.shiplog.localcluster.schema.Problem;
import dev.shiplog.localcluster.schema.Schema;
import dev.shiplog.localcluster.status.StatusException;
import dev.shiplog.localcluster.store.Kind;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies, and says what is wrong with them in the words of the API server. */
final class Decoder {
    private static final int QUOTED_BODY = 30;

    private Decoder() {}

    /** The object of a POST or PUT, canonical. */
    static ObjectNode object(Call call, Kind kind) {
        ObjectNode object = parsed(call, kind);
        String kindName = Json.text(object, "kind");
        String apiVersion = Json.text(object, "apiVersion");
        if ((kindName.isEmpty() || kindName.equals(kind.name()))
                && !apiVersion.isEmpty()
                && !apiVersion.equals(kind.apiVersion())) {
            throw StatusException.badRequest(kind.name() + " in version \""
                    + apiVersion.substring(apiVersion.indexOf('/') + 1) + "\" cannot be handled as a " + kind.name()
                    + ": " + unregistered(kind.name(), apiVersion));
        }
        if (!kindName.isEmpty() && !kindName.equals(kind.name())) {
            throw StatusException.badRequest(kindName + " in version \""
                    + apiVersion.substring(apiVersion.indexOf('/') + 1) + "\" cannot be handled as a " + kind.name()
                    + ": converting (" + kindName + ") to (" + kind.name() + "): unknown conversion");
        }
        String cannot =
                kind.name() + " in version \"" + kind.version() + "\" cannot be handled as a " + kind.name() + ": ";
        ObjectNode typed =
                typed(call, kind, object, Problem::decoding, message -> StatusException.badRequest(cannot + message));
        refuseDuplicates(call, kind);
        return typed;
    }

    static String unregistered(String kind, String apiVersion) {
        return "no kind \"" + kind + "\" is registered for version \"" + apiVersion
                + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
    }

    private static void refuseDuplicates(Call call, Kind kind) {
        String validation = call.query().get("fieldValidation");
        if (validation.equals("Ignore") || call.contentType().equals("application/yaml")) {
            return;
        }
        List<String> twice = Duplicates.in(call.body()).stream()
                .map(path -> "duplicate field \"" + path + "\"")
                .toList();
        if (validation.equals("Strict") && !twice.isEmpty()) {
            throw StatusException.badRequest(kind.name() + " in version \"" + kind.version()
                    + "\" cannot be handled as a " + kind.name() + ": strict decoding error: "
                    + String.join(", ", twice));
        }
        twice.forEach(call::warn);
    }

    /**
     * The canonical form of an object that came by a POST, PUT or patch; unknown fields as the caller wants them taken.
     *
     * @param words of a problem, in which it is told
     * @param refusal with what was wrong
     */
    static ObjectNode typed(
            Call call,
            Kind kind,
            ObjectNode object,
            Function<Problem, String> words,
            Function<String, StatusException> refusal) {
        Conformed conformed = Conformer.conform(Schema.of(kind), object);
        for (Problem problem : conformed.problems()) {
            if (problem.type() == Problem.Type.WRONG_TYPE || problem.type() == Problem.Type.BAD_VALUE) {
                throw refusal.apply(words.apply(problem));
            }
        }
        List<Problem> unknown = conformed.of(Problem.Type.UNKNOWN_FIELD);
        String validation = call.query().get("fieldValidation");
        if (validation.equals("Strict") && !unknown.isEmpty()) {
            throw refusal.apply(
                    "strict decoding error: " + unknown.stream().map(words).collect(Collectors.joining(", ")));
        }
        if (!validation.equals("Ignore")) {
            unknown.forEach(problem -> call.warn(problem.decoding()));
        }
        ObjectNode result = Json.object();
        result.put("kind", kind.name()).put("apiVersion", kind.apiVersion());
        conformed.object().remove(List.of("kind", "apiVersion"));
        return result.setAll(conformed.object());
    }

    /** The canonical form of what an apply results in. */
    static ObjectNode applied(Kind kind, ObjectNode object) {
        Conformed conformed = Conformer.conform(Schema.of(kind), object);
        for (Problem problem : conformed.problems()) {
            if (problem.type() != Problem.Type.DUPLICATE) {
                throw failedApply(conversion(kind, object) + problem.applying());
            }
        }
        return conformed.object();
    }

    /** An apply's configuration, as written; what does not fit is the server's error, strange as it is. */
    static ObjectNode configuration(Call call, Kind kind, String name) {
        JsonNode read = yaml(call);
        ObjectNode config = read instanceof ObjectNode object ? object : Json.object();
        String apiVersion = Json.text(config, "apiVersion");
        String kindName = Json.text(config, "kind");
        if (!apiVersion.equals(kind.apiVersion()) || !kindName.equals(kind.name())) {
            throw StatusException.badRequest("invalid object type: "
                    + (apiVersion.contains("/") ? apiVersion : "/" + apiVersion) + ", Kind=" + kindName);
        }
        String written = checkName(config, name);
        if (!Json.at(config, "metadata", "managedFields").isEmpty()) {
            throw StatusException.badRequest("metadata.managedFields must be nil");
        }
        String who = "(" + Json.text(config, "metadata", "namespace") + "/" + written + "; " + groupVersion(kind)
                + ", Kind=" + kind.name() + ")";
        for (Problem problem : Conformer.conform(Schema.of(kind), config).problems()) {
            throw failedApply(
                    problem.type() == Problem.Type.BAD_VALUE
                            ? "failed to convert new object " + who + " to proper version: "
                                    + "unable to convert unstructured object to " + groupVersion(kind) + ", Kind="
                                    + kind.name() + ": " + problem.applying()
                            : "failed to create typed patch object " + who + ": " + problem.applying());
        }
        return config;
    }

    /** The name that the object bears, which must be the one in the path. */
    static String checkName(ObjectNode object, String name) {
        String written = Json.text(object, "metadata", "name");
        if (written.isEmpty()) {
            throw StatusException.badRequest(
                    "the name of the object (" + name + " based on URL) was undeterminable: name must be provided");
        }
        if (!written.equals(name)) {
            throw StatusException.badRequest(
                    "the name of the object (" + written + ") does not match the name on the URL (" + name + ")");
        }
        return written;
    }

    private static String conversion(Kind kind, ObjectNode object) {
        return "failed to convert new object (" + Json.text(object, "metadata", "namespace") + "/"
                + Json.text(object, "metadata", "name") + "; " + groupVersion(kind) + ", Kind=" + kind.name()
                + ") to proper version: ";
    }

    private static String groupVersion(Kind kind) {
        return kind.group() + "/" + kind.version();
    }

    private static StatusException failedApply(String message) {
        return StatusException.of(500, "", message);
    }

    /** A body that must be a JSON (or YAML) object. */
    private static ObjectNode parsed(Call call, Kind kind) {
        String type = call.contentType();
        if (type.equals("application/yaml")) {
            return yaml(call) instanceof ObjectNode object ? object : Json.object();
        }
        if (!type.isEmpty() && !type.equals("application/json")) {
            throw StatusException.of(
                    415,
                    "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: "
                            + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
        }
        try {
            if (Json.MAPPER.readTree(call.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw unrecognized(call, kind, reason(e));
        }
        throw unrecognized(call, kind, "unexpected end of JSON input");
    }

    private static StatusException unrecognized(Call call, Kind kind, String reason) {
        String text = call.bodyText();
        String quoted = text.isEmpty()
                ? "<empty>"
                : text.length() > QUOTED_BODY ? text.substring(0, QUOTED_BODY) + " ..." : text;
        return StatusException.badRequest("the object provided is unrecognized (must be of type " + kind.name()
                + "): couldn't get version/kind; json parse error: " + reason + " (" + quoted + ")");
    }

    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        return message.contains("end-of-input") ? "unexpected end of JSON input" : message;
    }

    /** A number like {@code 1.0} is a whole one if it is read as YAML, as what is applied always is. */
    private static boolean hasFraction(JsonNode json) {
        return json.isContainer() ? json.valueStream().anyMatch(Decoder::hasFraction) : json.isFloatingPointNumber();
    }

    /** Any JSON. */
    static JsonNode json(Call call) {
        try {
            JsonNode node = Json.MAPPER.readTree(call.body());
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (JacksonException e) {
            throw StatusException.badRequest("error decoding patch: " + reason(e));
        }
        throw StatusException.badRequest("error decoding patch: unexpected end of JSON input");
    }

    static JsonNode anyYaml(Call call) {
        return yaml(call);
    }

    private static JsonNode yaml(Call call) {
        String text = call.bodyText();
        if (text.stripLeading().startsWith("{")) {
            try {
                JsonNode json = Json.MAPPER.readTree(call.body());
                if (!hasFraction(json)) {
                    return json;
                }
            } catch (JacksonException notJson) {
                // YAML in flow style begins like that too.
            }
        }
        try {
            return Yaml.read(text);
        } catch (IllegalArgumentException e) {
            throw StatusException.badRequest(
                    "error decoding YAML: error converting YAML to JSON: yaml: " + e.getMessage());
        }
    }
}
