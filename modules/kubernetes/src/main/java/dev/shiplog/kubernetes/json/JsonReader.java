package dev.shiplog.kubernetes.json;

import dev.shiplog.domain.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads what an API server sends. Members named {@code managedFields} are passed over: they are half of most objects. */
public final class JsonReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReader() {}

    /** The text as an object; empty if it is none, as the plain text of a proxy or of an overloaded server. */
    public static Optional<Json.Obj> read(byte[] utf8) {
        return read(utf8, false);
    }

    /** As {@link #read}, with who manages which field. */
    public static Optional<Json.Obj> readWithManagers(byte[] utf8) {
        return read(utf8, true);
    }

    private static Optional<Json.Obj> read(byte[] utf8, boolean managers) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? Optional.of(object(parser, managers))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Json.Obj object(JsonParser parser, boolean managers) {
        var members = new LinkedHashMap<String, Json>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var first = parser.nextToken();
            if (name.equals("managedFields") && !managers) {
                parser.skipChildren();
            } else {
                members.put(name, value(parser, first, managers));
            }
        }
        return new Json.Obj(members);
    }

    private static Json value(JsonParser parser, JsonToken token, boolean managers) {
        return switch (token) {
            case START_OBJECT -> object(parser, managers);
            case START_ARRAY -> {
                var items = new ArrayList<Json>();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(value(parser, next, managers));
                }
                yield new Json.Arr(items);
            }
            case VALUE_STRING -> Json.text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getDecimalValue());
            case VALUE_TRUE -> Json.bool(true);
            case VALUE_FALSE -> Json.bool(false);
            case VALUE_NULL -> Json.Null.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no JSON value begins with " + token);
        };
    }
}
