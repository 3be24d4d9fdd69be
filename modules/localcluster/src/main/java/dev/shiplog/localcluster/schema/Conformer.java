package dev.shiplog.localcluster.schema;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.quantity.Quantity;
import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.Items;
import dev.shiplog.localcluster.schema.Shape.ListKey;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Scalar;
import dev.shiplog.localcluster.schema.Shape.Struct;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an object as Go would decode it: unknown fields fall away, nulls and what is empty are left out, quantities are
 * made canonical; what does not fit is reported.
 */
public final class Conformer {
    private static final String QUANTITY_FORM =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private final List<Problem> problems = new ArrayList<>();

    private Conformer() {}

    public static Conformed conform(Struct shape, ObjectNode object) {
        Conformer conformer = new Conformer();
        ObjectNode conformed = conformer.fields(object, shape, new Place(shape.name(), "", ""));
        return new Conformed(conformed, conformer.problems);
    }

    /** Where the walk is, in both ways of writing it. */
    private record Place(String struct, String path, String applyPath) {
        Place field(String name) {
            return new Place(struct, path.isEmpty() ? name : path + "." + name, applyPath + "." + name);
        }

        Place item(int index, String applyIndex) {
            return new Place(struct, path + "[" + index + "]", applyPath + "[" + applyIndex + "]");
        }

        Place inside(String structName) {
            return new Place(structName, path, applyPath);
        }
    }

    private @Nullable JsonNode value(JsonNode node, Shape shape, Place place) {
        return switch (shape) {
            case Any any -> node;
            case Scalar scalar -> scalar(node, scalar, place);
            case Struct struct -> struct(node, struct, place.inside(struct.name()));
            case MapOf map -> map(node, map, place);
            case ListOf list -> list(node, list, place);
        };
    }

    private @Nullable JsonNode struct(JsonNode node, Struct struct, Place place) {
        if (!(node instanceof ObjectNode object)) {
            return wrongType(node, place, struct.name(), "map");
        }
        return fields(object, struct, place);
    }

    private ObjectNode fields(ObjectNode object, Struct struct, Place place) {
        ObjectNode result = Json.object();
        object.forEachEntry((name, value) -> {
            Shape shape = struct.fields().get(name);
            Place at = place.field(name);
            if (shape == null) {
                problems.add(new Problem(
                        Problem.Type.UNKNOWN_FIELD,
                        at.path,
                        at.applyPath,
                        "unknown field \"" + at.path + "\"",
                        at.applyPath + ": field not declared in schema",
                        "unknown field \"" + at.path + "\""));
                return;
            }
            JsonNode conformed = value.isNull() ? null : value(value, shape, at);
            if (conformed != null && !leftOut(conformed, shape)) {
                result.set(name, conformed);
            }
        });
        for (String name : struct.alwaysPresent()) {
            if (!result.has(name) && struct.fields().get(name) instanceof Struct inner) {
                result.set(name, fields(Json.object(), inner, place.field(name)));
            }
        }
        return result;
    }

    private static boolean leftOut(JsonNode value, Shape shape) {
        return switch (shape) {
            case Struct struct -> false;
            case Any any -> false;
            case MapOf map -> value.isEmpty();
            case ListOf list -> value.isEmpty();
            case Scalar scalar ->
                (value.isString() && value.stringValue().isEmpty())
                        || (scalar.dropsZero()
                                && ((value.isNumber() && value.longValue() == 0)
                                        || (value.isBoolean() && !value.booleanValue())));
        };
    }

    private @Nullable JsonNode map(JsonNode node, MapOf map, Place place) {
        if (!(node instanceof ObjectNode object)) {
            return wrongType(node, place, "map[string]string", "map");
        }
        ObjectNode result = Json.object();
        object.forEachEntry((name, value) -> {
            if (value.isNull() && map.value() instanceof Scalar) {
                result.put(name, "");
                return;
            }
            JsonNode conformed = value(value, map.value(), place.field(name));
            if (conformed != null) {
                result.set(name, conformed);
            }
        });
        return result;
    }

    private @Nullable JsonNode list(JsonNode node, ListOf list, Place place) {
        if (!(node instanceof ArrayNode array)) {
            return wrongType(node, place, "[]", "list");
        }
        ArrayNode result = Json.array();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode item = array.get(i);
            String index = list.items() == Items.KEYED ? keyText(list, item) : Integer.toString(i);
            if (list.items() == Items.KEYED && !seen.add(index)) {
                problems.add(new Problem(
                        Problem.Type.DUPLICATE,
                        place.path,
                        place.applyPath,
                        "",
                        place.applyPath + ": duplicate entries for key [" + index + "]",
                        ""));
            }
            JsonNode conformed = value(item, list.item(), place.item(i, index));
            if (conformed != null) {
                result.add(conformed);
            }
        }
        return result;
    }

    private static String keyText(ListOf list, JsonNode item) {
        StringBuilder text = new StringBuilder();
        for (ListKey key : list.keys()) {
            JsonNode value = item.path(key.field());
            if (value.isMissingNode() && key.otherwise() == null) {
                continue;
            }
            text.append(text.isEmpty() ? "" : ",").append(key.field()).append('=');
            text.append(value.isMissingNode() ? "\"" + key.otherwise() + "\"" : value.toString());
        }
        return text.toString();
    }

    private @Nullable JsonNode scalar(JsonNode node, Scalar scalar, Place place) {
        return switch (scalar.type()) {
            case TIME -> time(node, place);
            case STRING -> node.isString() ? node : wrongType(node, place, "string", "string");
            case BOOL -> node.isBoolean() ? node : wrongType(node, place, "bool", "boolean");
            case INT32 -> integer(node, place, "int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(node, place, "int64", Long.MIN_VALUE, Long.MAX_VALUE);
            case NUMBER -> node.isNumber() ? node : wrongType(node, place, "float64", "numeric (int or float)");
            case INT_OR_STRING ->
                node.isString() || node.isIntegralNumber() ? node : wrongType(node, place, "int32", "string or int");
            case QUANTITY -> quantity(node, place);
            case BYTES -> bytes(node, place);
        };
    }

    private @Nullable JsonNode integer(JsonNode node, Place place, String goType, long least, long most) {
        if (!node.isNumber()) {
            return wrongType(node, place, goType, "numeric (int or float)");
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            problems.add(new Problem(
                    Problem.Type.WRONG_TYPE,
                    place.path,
                    place.applyPath,
                    "json: cannot unmarshal number " + node + " into Go struct field " + place.struct + "." + place.path
                            + " of type " + goType,
                    "unable to convert unstructured object: cannot convert " + node + " to " + goType,
                    new Mismatch(node, goType, "").converting()));
            return null;
        }
        return Json.number(node.longValue());
    }

    private @Nullable JsonNode time(JsonNode node, Place place) {
        if (!node.isString()) {
            return wrongType(node, place, "string", "string");
        }
        try {
            OffsetDateTime.parse(node.stringValue());
            return node;
        } catch (DateTimeParseException e) {
            String text = Json.text(node.stringValue()).toString();
            String message =
                    "parsing time " + text + " as \"2006-01-02T15:04:05Z07:00\": cannot parse " + text + " as \"2006\"";
            return badValue(place, message, message);
        }
    }

    private @Nullable JsonNode quantity(JsonNode node, Place place) {
        var quantity = Quantity.of(node);
        if (quantity.isEmpty()) {
            return badValue(place, QUANTITY_FORM, QUANTITY_FORM);
        }
        return Json.text(quantity.get().toString());
    }

    private @Nullable JsonNode bytes(JsonNode node, Place place) {
        if (!node.isString()) {
            return wrongType(node, place, "[]uint8", "string");
        }
        try {
            Base64.getDecoder().decode(node.stringValue().replaceAll("[\r\n]", ""));
            return node;
        } catch (IllegalArgumentException e) {
            String message = "illegal base64 data at input byte " + badByte(node.stringValue());
            return badValue(place, message, "error decoding from json: " + message);
        }
    }

    private static int badByte(String written) {
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean ofBase64 =
                    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
            if (!ofBase64) {
                return i;
            }
        }
        return written.length() - written.length() % 4;
    }

    private @Nullable JsonNode badValue(Place place, String message, String converting) {
        problems.add(new Problem(Problem.Type.BAD_VALUE, place.path, place.applyPath, message, message, converting));
        return null;
    }

    private @Nullable JsonNode wrongType(JsonNode node, Place place, String goType, String smdType) {
        Mismatch mismatch = new Mismatch(node, goType, smdType);
        problems.add(new Problem(
                Problem.Type.WRONG_TYPE,
                place.path,
                place.applyPath,
                mismatch.decoding(place.struct, place.path),
                mismatch.applying(place.applyPath),
                mismatch.converting()));
        return null;
    }
}
