package dev.shiplog.protocol;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Holds a JSON document against the message that it is to be, before protobuf reads it: protobuf's own reader says what
 * is wrong, but neither where nor what was probably meant.
 */
final class JsonFields {

    private static final String WELL_KNOWN = "google.protobuf.";
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    private JsonFields() {}

    static void check(JsonNode node, Descriptor message, String path) {
        if (!node.isObject()) {
            throw FieldProblem.invalid(path, "an object is needed, not " + shown(node));
        }
        for (var member : node.properties()) {
            var place = Paths.member(path, member.getKey());
            var field = field(message, member.getKey())
                    .orElseThrow(() -> FieldProblem.unknown(place, "no such field" + meant(message, member.getKey())));
            if (!member.getValue().isNull()) {
                checkField(member.getValue(), field, place);
            }
        }
        checkOneof(node, message, path);
    }

    private static void checkOneof(JsonNode node, Descriptor message, String path) {
        for (var oneof : message.getRealOneofs()) {
            var given = oneof.getFields().stream()
                    .filter(field -> node.hasNonNull(field.getJsonName()) || node.hasNonNull(field.getName()))
                    .map(FieldDescriptor::getJsonName)
                    .toList();
            if (given.size() > 1) {
                throw FieldProblem.invalid(path, "only one of these may be given: " + String.join(", ", given));
            }
        }
    }

    private static void checkField(JsonNode node, FieldDescriptor field, String path) {
        if (field.isMapField()) {
            if (!node.isObject()) {
                throw FieldProblem.invalid(path, "an object is needed, not " + shown(node));
            }
            var value = field.getMessageType().findFieldByName("value");
            node.properties().forEach(member -> {
                JsonValues.wellFormed(member.getKey(), path);
                checkValue(member.getValue(), value, Paths.member(path, member.getKey()));
            });
        } else if (field.isRepeated()) {
            if (!node.isArray()) {
                throw FieldProblem.invalid(path, "a list is needed, not " + shown(node));
            }
            for (int i = 0; i < node.size(); i++) {
                checkValue(node.get(i), field, Paths.item(path, i));
            }
        } else {
            checkValue(node, field, path);
        }
    }

    private static void checkValue(JsonNode node, FieldDescriptor field, String path) {
        switch (field.getJavaType()) {
            case MESSAGE -> {
                if (!field.getMessageType().getFullName().startsWith(WELL_KNOWN)) {
                    check(node, field.getMessageType(), path);
                } else if (field.getMessageType().getName().equals("Struct")) {
                    need(node.isObject(), node, path, "an object");
                    if (!JsonValues.fitsStruct(JsonValues.fromNode(node, path))) {
                        throw FieldProblem.invalid(
                                path, "holds a number that a double can't tell exactly; give the object as json text");
                    }
                } else {
                    need(isMoment(node), node, path, "a moment such as \"2026-01-31T09:00:00Z\"");
                }
            }
            case STRING -> {
                need(node.isString(), node, path, "a text");
                JsonValues.wellFormed(node.stringValue(), path);
            }
            case BOOLEAN -> need(node.isBoolean(), node, path, "true or false");
            case ENUM -> {
                var names = field.getEnumType().getValues().stream()
                        .filter(value -> value.getNumber() != 0)
                        .map(EnumValueDescriptor::getName)
                        .toList();
                need(node.isString() && names.contains(node.stringValue()), node, path, "one of " + names);
            }
            case INT, LONG ->
                need(
                        node.isIntegralNumber()
                                || (node.isString()
                                        && WHOLE.matcher(node.stringValue()).matches()),
                        node,
                        path,
                        "a whole number");
            case FLOAT, DOUBLE -> need(node.isNumber(), node, path, "a number");
            case BYTE_STRING -> need(node.isString(), node, path, "base64");
        }
    }

    private static boolean isMoment(JsonNode node) {
        try {
            return node.isString()
                    && DateTimeFormatter.ISO_OFFSET_DATE_TIME
                            .parse(node.stringValue())
                            .isSupported(ChronoField.INSTANT_SECONDS);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static void need(boolean holds, JsonNode node, String path, String needed) {
        if (!holds) {
            throw FieldProblem.invalid(path, needed + " is needed, not " + shown(node));
        }
    }

    private static Optional<FieldDescriptor> field(Descriptor message, String name) {
        return message.getFields().stream()
                .filter(field ->
                        field.getJsonName().equals(name) || field.getName().equals(name))
                .findFirst();
    }

    private static String meant(Descriptor message, String name) {
        var names =
                message.getFields().stream().map(FieldDescriptor::getJsonName).toList();
        return nearest(name, names)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse(names.isEmpty() ? "; there is none" : "; there are " + String.join(", ", names));
    }

    /** The name that takes the fewest changes to reach, if these are few for its length. */
    private static Optional<String> nearest(String name, List<String> names) {
        return names.stream()
                .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Levenshtein's: how many letters to add, drop or change. Names this long are nobody's slip. */
    private static int distance(String from, String to) {
        if (from.length() > 100) {
            return from.length();
        }
        var before = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            var row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                boolean same = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                row[j] = Stream.of(row[j - 1] + 1, before[j] + 1, before[j - 1] + (same ? 0 : 1))
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
            }
            before = row;
        }
        return before[to.length()];
    }

    private static String shown(JsonNode node) {
        var text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
