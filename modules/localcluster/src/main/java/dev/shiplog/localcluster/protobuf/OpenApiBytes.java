package dev.shiplog.localcluster.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Documents of OpenAPI v2 as messages of {@code openapi.v2} (github.com/google/gnostic, OpenAPIv2.proto), as far as Kubernetes
 * writes them: clients of Kubernetes ask for nothing else. A map is a list of names (field 1) and values (field 2); what begins
 * with {@code x-} is YAML.
 */
public final class OpenApiBytes {
    /** Asked for with an @ in the place of the last but one dot, which is no media type. */
    public static final String MEDIA_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static final int NAME = 1;
    private static final int VALUE = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private OpenApiBytes() {}

    public static byte[] of(JsonNode document) {
        OpenApiBytes written = new OpenApiBytes();
        written.text(1, document.path("swagger"));
        JsonNode info = document.path("info");
        written.message(2, new OpenApiBytes().text(1, info.path("title")).text(2, info.path("version")));
        OpenApiBytes paths = new OpenApiBytes();
        paths.named(2, document.path("paths"), OpenApiBytes::path);
        written.message(8, paths);
        written.message(9, new OpenApiBytes().named(1, document.path("definitions"), OpenApiBytes::schema));
        return written.out.toByteArray();
    }

    private static OpenApiBytes path(JsonNode path) {
        return wrapped(8, operation(path.path("patch")));
    }

    private static OpenApiBytes operation(JsonNode operation) {
        OpenApiBytes written = new OpenApiBytes().text(3, operation.path("description"));
        operation.path("consumes").forEach(type -> written.text(7, type));
        for (JsonNode parameter : operation.path("parameters")) {
            // A parameter, which is none of a body, which is one of the query.
            OpenApiBytes query = new OpenApiBytes()
                    .text(2, parameter.path("in"))
                    .text(4, parameter.path("name"))
                    .text(6, parameter.path("type"))
                    .flag(20, parameter.path("uniqueItems"));
            written.message(8, wrapped(1, wrapped(2, wrapped(3, query))));
        }
        OpenApiBytes responses = new OpenApiBytes();
        responses.named(
                1,
                operation.path("responses"),
                response -> wrapped(1, new OpenApiBytes().text(1, response.path("description"))));
        return written.message(9, responses).extensions(13, operation);
    }

    private static OpenApiBytes schema(JsonNode schema) {
        OpenApiBytes written = new OpenApiBytes()
                .text(1, schema.path("$ref"))
                .text(2, schema.path("format"))
                .text(4, schema.path("description"));
        if (schema.has("additionalProperties")) {
            written.message(21, wrapped(1, schema(schema.path("additionalProperties"))));
        }
        if (schema.has("type")) {
            written.message(22, new OpenApiBytes().text(1, schema.path("type")));
        }
        if (schema.has("items")) {
            written.message(23, wrapped(1, schema(schema.path("items"))));
        }
        if (schema.has("properties")) {
            written.message(25, new OpenApiBytes().named(1, schema.path("properties"), OpenApiBytes::schema));
        }
        return written.extensions(31, schema);
    }

    private OpenApiBytes extensions(int number, JsonNode of) {
        of.properties().forEach(property -> {
            if (property.getKey().startsWith("x-")) {
                OpenApiBytes yaml = new OpenApiBytes();
                yaml.bytes(2, property.getValue().toString().getBytes(StandardCharsets.UTF_8));
                message(number, entry(property.getKey(), yaml));
            }
        });
        return this;
    }

    private OpenApiBytes named(int number, JsonNode map, Function<JsonNode, OpenApiBytes> each) {
        map.properties().forEach(entry -> message(number, entry(entry.getKey(), each.apply(entry.getValue()))));
        return this;
    }

    private static OpenApiBytes entry(String name, OpenApiBytes value) {
        OpenApiBytes entry = new OpenApiBytes();
        entry.bytes(NAME, name.getBytes(StandardCharsets.UTF_8));
        return entry.message(VALUE, value);
    }

    private static OpenApiBytes wrapped(int number, OpenApiBytes content) {
        return new OpenApiBytes().message(number, content);
    }

    private OpenApiBytes message(int number, OpenApiBytes content) {
        bytes(number, content.out.toByteArray());
        return this;
    }

    /** Nothing, if there is no text. */
    private OpenApiBytes text(int number, JsonNode text) {
        if (text.isString()) {
            bytes(number, text.stringValue().getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    private OpenApiBytes flag(int number, JsonNode flag) {
        if (flag.isBoolean() && flag.booleanValue()) {
            varint((long) number << 3 | Wire.VARINT);
            varint(1);
        }
        return this;
    }

    private void bytes(int number, byte[] content) {
        varint((long) number << 3 | Wire.BYTES);
        varint(content.length);
        out.writeBytes(content);
    }

    private void varint(long value) {
        long left = value;
        while (left > 0x7F) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
