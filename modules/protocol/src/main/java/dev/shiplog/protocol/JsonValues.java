package dev.shiplog.protocol;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.shiplog.domain.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The domain's JSON from and to text, Jackson's tree and protobuf's Struct.
 *
 * <p>A number has one form, so that equal values are equal and hash alike whichever way they came: whole numbers without
 * a fraction or an exponent ({@code 3.0} and {@code 3e0} are {@code 3}; a Struct only has doubles), others without
 * trailing zeros.
 */
public final class JsonValues {

    /** More than a double can hold; keeps {@code 1e999999999} from becoming a gigabyte of zeros. */
    private static final int MOST_DIGITS = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonValues() {}

    /**
     * Reads JSON text; a member that is there twice is refused.
     *
     * @throws IllegalArgumentException saying where the text is wrong
     */
    public static Json parse(String text) {
        return parse(text, "");
    }

    static Json parse(String text, String path) {
        return fromNode(tree(text, path), path);
    }

    static JsonNode tree(String text, String path) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            var location = e.getLocation();
            var place =
                    location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw FieldProblem.malformed(path, "no JSON" + place + ": " + sentence(e));
        }
    }

    /** Jackson's words without the place in brackets, which is told before them. */
    private static String sentence(JacksonException e) {
        var message = String.valueOf(e.getOriginalMessage());
        int bracket = message.indexOf(" (start marker at");
        return bracket < 0 ? message : message.substring(0, bracket);
    }

    /** @throws IllegalArgumentException if the tree holds what JSON text can't */
    public static Json fromNode(JsonNode node) {
        return fromNode(node, "");
    }

    static Json fromNode(JsonNode node, String path) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var members = new LinkedHashMap<String, Json>();
                node.properties()
                        .forEach(member -> members.put(
                                wellFormed(member.getKey(), path),
                                fromNode(member.getValue(), Paths.member(path, member.getKey()))));
                yield new Json.Obj(members);
            }
            case ARRAY -> {
                var items = new ArrayList<Json>();
                for (var item : node.values()) {
                    items.add(fromNode(item, Paths.item(path, items.size())));
                }
                yield new Json.Arr(items);
            }
            case STRING -> new Json.Str(wellFormed(node.stringValue(), path));
            case NUMBER -> number(node, path);
            case BOOLEAN -> new Json.Bool(node.booleanValue());
            case NULL -> Json.Null.NULL;
            case MISSING -> throw FieldProblem.missing(path, "there is nothing; a JSON value is needed");
            case BINARY, POJO -> throw FieldProblem.invalid(path, "no JSON value");
        };
    }

    private static Json number(JsonNode node, String path) {
        if ((node.isDouble() || node.isFloat()) && !Double.isFinite(node.doubleValue())) {
            throw FieldProblem.invalid(path, "no number of JSON: " + node.doubleValue());
        }
        return number(node.decimalValue(), path);
    }

    public static JsonNode toNode(Json value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Json.Obj object -> {
                var node = nodes.objectNode();
                object.members().forEach((name, member) -> node.set(name, toNode(member)));
                yield node;
            }
            case Json.Arr list -> {
                var node = nodes.arrayNode();
                list.items().forEach(item -> node.add(toNode(item)));
                yield node;
            }
            case Json.Str text -> nodes.stringNode(text.value());
            case Json.Num number -> {
                var decimal = number.value();
                if (decimal.scale() > 0) {
                    yield nodes.numberNode(decimal);
                }
                yield decimal.precision() < 19
                        ? nodes.numberNode(decimal.longValueExact())
                        : nodes.numberNode(decimal.toBigIntegerExact());
            }
            case Json.Bool bool -> nodes.booleanNode(bool.value());
            case Json.Null ignored -> nodes.nullNode();
        };
    }

    static Json.Obj fromStruct(Struct struct, String path) {
        var members = new LinkedHashMap<String, Json>();
        struct.getFieldsMap().forEach((name, value) -> members.put(name, fromValue(value, Paths.member(path, name))));
        return new Json.Obj(members);
    }

    private static Json fromValue(Value value, String path) {
        return switch (value.getKindCase()) {
            case STRUCT_VALUE -> fromStruct(value.getStructValue(), path);
            case LIST_VALUE -> {
                var items = new ArrayList<Json>();
                for (var item : value.getListValue().getValuesList()) {
                    items.add(fromValue(item, Paths.item(path, items.size())));
                }
                yield new Json.Arr(items);
            }
            case STRING_VALUE -> new Json.Str(value.getStringValue());
            case NUMBER_VALUE -> {
                double number = value.getNumberValue();
                if (!Double.isFinite(number)) {
                    throw FieldProblem.invalid(path, "no number of JSON: " + number);
                }
                yield number(BigDecimal.valueOf(number), path);
            }
            case BOOL_VALUE -> new Json.Bool(value.getBoolValue());
            case NULL_VALUE -> Json.Null.NULL;
            case KIND_NOT_SET -> throw FieldProblem.missing(path, "a Value without a kind");
        };
    }

    static Struct toStruct(Json.Obj object) {
        var struct = Struct.newBuilder();
        object.members().forEach((name, member) -> struct.putFields(name, toValue(member)));
        return struct.build();
    }

    private static Value toValue(Json value) {
        var built = Value.newBuilder();
        switch (value) {
            case Json.Obj object -> built.setStructValue(toStruct(object));
            case Json.Arr list ->
                built.setListValue(ListValue.newBuilder()
                        .addAllValues(
                                list.items().stream().map(JsonValues::toValue).toList()));
            case Json.Str text -> built.setStringValue(text.value());
            case Json.Num number -> built.setNumberValue(number.value().doubleValue());
            case Json.Bool bool -> built.setBoolValue(bool.value());
            case Json.Null ignored -> built.setNullValue(NullValue.NULL_VALUE);
        }
        return built.build();
    }

    /** Whether a Struct, whose numbers are doubles, tells the value exactly. */
    static boolean fitsStruct(Json value) {
        return switch (value) {
            case Json.Obj object -> object.members().values().stream().allMatch(JsonValues::fitsStruct);
            case Json.Arr list -> list.items().stream().allMatch(JsonValues::fitsStruct);
            case Json.Num number -> {
                double nearest = number.value().doubleValue();
                yield Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number.value()) == 0;
            }
            case Json.Str ignored -> true;
            case Json.Bool ignored -> true;
            case Json.Null ignored -> true;
        };
    }

    static List<Json.Obj> objects(List<Struct> structs, String path) {
        var objects = new ArrayList<Json.Obj>();
        for (var struct : structs) {
            objects.add(fromStruct(struct, Paths.item(path, objects.size())));
        }
        return objects;
    }

    static Json.Obj parseObject(String text, String path) {
        if (parse(text, path) instanceof Json.Obj object) {
            return object;
        }
        throw FieldProblem.invalid(path, "a JSON object is needed");
    }

    private static Json.Num number(BigDecimal value, String path) {
        if (Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS || Math.abs(value.scale()) > MOST_DIGITS) {
            throw FieldProblem.invalid(path, "a number of more than " + MOST_DIGITS + " digits");
        }
        var stripped = value.stripTrailingZeros();
        return new Json.Num(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }

    /**
     * Half of a surrogate pair has no bytes in UTF-8, so what is stored would not be what was read; and a database's text
     * can't hold the character 0.
     */
    static String wellFormed(String text, String path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw FieldProblem.invalid(path, "the character 0 at character " + (i + 1));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw FieldProblem.invalid(path, "half of a surrogate pair at character " + (i + 1));
            }
        }
        return text;
    }
}
