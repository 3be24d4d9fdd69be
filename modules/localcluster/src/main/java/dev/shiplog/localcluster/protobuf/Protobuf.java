package dev.shiplog.localcluster.protobuf;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.protobuf.Message.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * From Kubernetes' binary form to JSON: four magic bytes, then a message with apiVersion and kind (field 1) and the object itself
 * (field 2). Texts that are empty and times that are zero are left out: Go writes them where JSON has nothing.
 */
public final class Protobuf {
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private Protobuf() {}

    /**
     * The object in a body; empty if it is of a kind that is not known.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    public static Optional<ObjectNode> object(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("it does not begin with k8s");
        }
        try {
            return unwrapped(new Wire(ByteBuffer.wrap(body, MAGIC.length, body.length - MAGIC.length)));
        } catch (BufferUnderflowException | JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("it is cut off or garbled", e);
        }
    }

    private static Optional<ObjectNode> unwrapped(Wire wire) {
        String apiVersion = "";
        String kind = "";
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (wire.hasMore()) {
            int tag = wire.tag();
            if (tag == (1 << 3 | Wire.BYTES)) {
                Wire type = new Wire(wire.bytes());
                while (type.hasMore()) {
                    int field = type.tag();
                    String text = Wire.text(type.bytes());
                    apiVersion = field >> 3 == 1 ? text : apiVersion;
                    kind = field >> 3 == 2 ? text : kind;
                }
            } else if (tag == (2 << 3 | Wire.BYTES)) {
                raw = wire.bytes();
            } else {
                wire.skip(tag & 7);
            }
        }
        ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        ByteBuffer content = raw;
        return Message.of(name(apiVersion, kind)).map(message -> {
            read(new Wire(content), message, object);
            return object;
        });
    }

    private static String name(String apiVersion, String kind) {
        if (kind.equals("DeleteOptions")) {
            return "meta.DeleteOptions";
        }
        return switch (apiVersion) {
            case "v1" -> "core." + kind;
            case "autoscaling/v1" -> "scale." + kind;
            default -> apiVersion.split("[./]", 2)[0] + "." + kind;
        };
    }

    private static void read(Wire wire, Message message, ObjectNode into) {
        while (wire.hasMore()) {
            int tag = wire.tag();
            Field field = message.field(tag >>> 3);
            if (field == null) {
                wire.skip(tag & 7);
                continue;
            }
            switch (field.times()) {
                case LIST -> into.withArrayProperty(field.name()).add(item(wire, field, tag & 7));
                case MAP -> entry(new Wire(wire.bytes()), field, into.withObjectProperty(field.name()));
                case ONCE -> once(wire, field, tag & 7, into);
            }
        }
    }

    private static void once(Wire wire, Field field, int form, ObjectNode into) {
        if (field.name().isEmpty()) {
            read(new Wire(wire.bytes()), Message.required(field.type()), into);
            return;
        }
        JsonNode value = value(wire, field.type(), form);
        boolean nothing = value == null
                || (value.isString() && value.stringValue().isEmpty())
                || (field.dropsZero() && value.isNumber() && value.longValue() == 0);
        if (!nothing) {
            into.set(field.name(), value);
        }
    }

    private static JsonNode item(Wire wire, Field field, int form) {
        JsonNode value = value(wire, field.type(), form);
        return value == null ? Json.object() : value;
    }

    /** A key (field 1) and a value (field 2), either of which is left out when empty. */
    private static void entry(Wire wire, Field field, ObjectNode into) {
        String key = "";
        JsonNode value = null;
        while (wire.hasMore()) {
            int tag = wire.tag();
            switch (tag >>> 3) {
                case 1 -> key = Wire.text(wire.bytes());
                case 2 -> value = value(wire, field.type(), tag & 7);
                default -> wire.skip(tag & 7);
            }
        }
        into.set(key, value == null ? Json.text("") : value);
    }

    private static @Nullable JsonNode value(Wire wire, String type, int form) {
        return switch (type) {
            case "string" -> Json.text(Wire.text(wire.bytes()));
            case "int32", "int64" -> Json.number(number(wire, form));
            case "bool" -> Json.bool(number(wire, form) != 0);
            case "double" -> Json.object().numberNode(wire.fixed64());
            case "bytes" -> Json.text(base64(wire.bytes()));
            case "quantity" -> Json.text(text(new Wire(wire.bytes()), 1));
            case "intstr" -> intOrString(new Wire(wire.bytes()));
            case "time" -> time(new Wire(wire.bytes()));
            case "raw" -> Json.parse(text(new Wire(wire.bytes()), 1));
            default -> {
                ObjectNode object = Json.object();
                read(new Wire(wire.bytes()), Message.required(type), object);
                yield object;
            }
        };
    }

    private static long number(Wire wire, int form) {
        if (form != Wire.VARINT) {
            throw new IllegalArgumentException("a number of form " + form);
        }
        return wire.varint();
    }

    private static String base64(ByteBuffer bytes) {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return Base64.getEncoder().encodeToString(content);
    }

    private static String text(Wire wire, int number) {
        String text = "";
        while (wire.hasMore()) {
            int tag = wire.tag();
            if (tag == (number << 3 | Wire.BYTES)) {
                text = Wire.text(wire.bytes());
            } else {
                wire.skip(tag & 7);
            }
        }
        return text;
    }

    /** Field 1 says which: 0 the number in field 2, 1 the text in field 3. */
    private static JsonNode intOrString(Wire wire) {
        long[] numbers = new long[3];
        String text = "";
        while (wire.hasMore()) {
            int tag = wire.tag();
            switch (tag >>> 3) {
                case 1, 2 -> numbers[tag >>> 3] = number(wire, tag & 7);
                case 3 -> text = Wire.text(wire.bytes());
                default -> wire.skip(tag & 7);
            }
        }
        return numbers[1] == 0 ? Json.number(numbers[2]) : Json.text(text);
    }

    /** Seconds (field 1) and nanoseconds (field 2) since 1970; nothing at all is Go's zero time. */
    private static @Nullable JsonNode time(Wire wire) {
        if (!wire.hasMore()) {
            return null;
        }
        long[] parts = new long[3];
        while (wire.hasMore()) {
            int tag = wire.tag();
            if (tag >>> 3 == 1 || tag >>> 3 == 2) {
                parts[tag >>> 3] = number(wire, tag & 7);
            } else {
                wire.skip(tag & 7);
            }
        }
        return Json.text(Instant.ofEpochSecond(parts[1], parts[2]).toString());
    }
}
