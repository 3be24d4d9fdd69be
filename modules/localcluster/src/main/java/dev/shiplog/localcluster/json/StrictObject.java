package dev.shiplog.localcluster.json;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings that somebody sends: every field is known, of its type and within its bounds, or it is said which is not and what may be.
 * What is left out has its default.
 */
public final class StrictObject {
    private final ObjectNode object;

    private StrictObject(ObjectNode object) {
        this.object = object;
    }

    /** @throws IllegalArgumentException with a sentence for whoever sent it, as by all that is read from it */
    public static StrictObject of(JsonNode json, List<String> known) {
        if (!(json instanceof ObjectNode object)) {
            throw new IllegalArgumentException("the body must be a JSON object, not " + json);
        }
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
        return new StrictObject(object);
    }

    /** From a body, which may be empty. */
    public static StrictObject of(String body, List<String> known) {
        if (body.isBlank()) {
            return of(Json.object(), known);
        }
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the body is not JSON", e);
        }
        return of(json, known);
    }

    public static IllegalArgumentException unknown(String name, List<String> known) {
        return new IllegalArgumentException(
                name + " is not known; there are " + (known.isEmpty() ? "none" : String.join(", ", known)));
    }

    /** From 0 (never) to 1 (always); by default 0. */
    public double share(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
            throw mismatch(name, "a number from 0 to 1", value);
        }
        return value.doubleValue();
    }

    public long whole(String name, long otherwise, long most) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > most) {
            throw mismatch(name, "a whole number from 0 to " + most, value);
        }
        return value.longValue();
    }

    public String text(String name) {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw mismatch(name, "a text", value);
        }
        return value.asString("");
    }

    public List<String> texts(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
            throw mismatch(name, "a list of texts", value);
        }
        return value.valueStream().map(JsonNode::stringValue).toList();
    }

    private static IllegalArgumentException mismatch(String name, String wanted, JsonNode value) {
        return new IllegalArgumentException(name + " must be " + wanted + ", not " + value);
    }
}
