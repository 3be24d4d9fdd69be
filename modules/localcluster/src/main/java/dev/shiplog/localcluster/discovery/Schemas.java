package dev.shiplog.localcluster.discovery;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Schema;
import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Scalar;
import dev.shiplog.localcluster.schema.Shape.Struct;
import dev.shiplog.localcluster.store.Kind;
import tools.jackson.databind.node.ObjectNode;

/** Kinds as OpenAPI has them: fields and types, as {@code kubectl explain} shows them. What they mean is not told. */
final class Schemas {
    private static final String PREFIX = "io.k8s.";

    private final ObjectNode all = Json.object();

    /** The kinds, and every struct that they are made of. */
    static ObjectNode of(Iterable<Kind> kinds) {
        Schemas schemas = new Schemas();
        for (Kind kind : kinds) {
            Struct struct = Schema.of(kind);
            schemas.add(struct);
            ((ObjectNode) schemas.all.path(PREFIX + struct.name()))
                    .putArray("x-kubernetes-group-version-kind")
                    .addObject()
                    .put("group", kind.group())
                    .put("version", kind.version())
                    .put("kind", kind.name());
        }
        return schemas.all;
    }

    private void add(Struct struct) {
        String name = PREFIX + struct.name();
        if (all.has(name)) {
            return;
        }
        ObjectNode schema = all.putObject(name).put("type", "object");
        ObjectNode properties = Json.object();
        schema.set("properties", properties);
        struct.fields().forEach((field, shape) -> properties.set(field, schema(shape)));
    }

    private ObjectNode schema(Shape shape) {
        ObjectNode schema = Json.object();
        switch (shape) {
            case Scalar scalar -> scalar(scalar, schema);
            case Any any -> schema.put("type", "object");
            case Struct struct -> {
                add(struct);
                schema.put("$ref", "#/components/schemas/" + PREFIX + struct.name());
            }
            case MapOf map -> schema.put("type", "object").set("additionalProperties", schema(map.value()));
            case ListOf list -> schema.put("type", "array").set("items", schema(list.item()));
        }
        return schema;
    }

    private static void scalar(Scalar scalar, ObjectNode schema) {
        switch (scalar.type()) {
            case STRING, QUANTITY -> schema.put("type", "string");
            case BOOL -> schema.put("type", "boolean");
            case INT32 -> schema.put("type", "integer").put("format", "int32");
            case INT64 -> schema.put("type", "integer").put("format", "int64");
            case NUMBER -> schema.put("type", "number");
            case INT_OR_STRING -> schema.put("type", "string").put("format", "int-or-string");
            case TIME -> schema.put("type", "string").put("format", "date-time");
            case BYTES -> schema.put("type", "string").put("format", "byte");
        }
    }
}
