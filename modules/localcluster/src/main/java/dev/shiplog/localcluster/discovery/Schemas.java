package dev.shiplog.localcluster.discovery;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.schema.Schema;
import dev.shiplog.localcluster.schema.Shape;
import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.Items;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Scalar;
import dev.shiplog.localcluster.schema.Shape.Struct;
import dev.shiplog.localcluster.store.Kind;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kinds as OpenAPI has them: fields and types, as {@code kubectl explain} shows them, and how a strategic merge patch treats
 * lists, which {@code kubectl apply} goes by. What they mean is not told.
 */
final class Schemas {
    private static final String PREFIX = "io.k8s.";
    private static final String STRATEGY = "x-kubernetes-patch-strategy";

    /** Where a patch must name what is to be kept, so that what belonged to another type of the same thing goes. */
    private static final Map<String, String> STRATEGIES =
            Map.of("DeploymentSpec.strategy", "retainKeys", "PodSpec.volumes", "merge,retainKeys");

    private final Dialect dialect;
    private final ObjectNode all = Json.object();

    /** Where the versions of OpenAPI differ. */
    enum Dialect {
        /** Other words may stand beside a reference. */
        V2("#/definitions/"),
        /** What stands beside a reference does not count. */
        V3("#/components/schemas/");

        private final String references;

        Dialect(String references) {
            this.references = references;
        }
    }

    private Schemas(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The kinds, and every struct that they are made of. */
    static ObjectNode of(Iterable<Kind> kinds, Dialect dialect) {
        Schemas schemas = new Schemas(dialect);
        for (Kind kind : kinds) {
            Struct struct = Schema.of(kind);
            schemas.add(struct);
            ((ObjectNode) schemas.all.path(PREFIX + struct.name()))
                    .putArray("x-kubernetes-group-version-kind")
                    .add(groupVersionKind(kind));
        }
        return schemas.all;
    }

    static ObjectNode groupVersionKind(Kind kind) {
        return Json.object()
                .put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.name());
    }

    private void add(Struct struct) {
        String name = PREFIX + struct.name();
        if (all.has(name)) {
            return;
        }
        ObjectNode schema = all.putObject(name).put("type", "object");
        ObjectNode properties = Json.object();
        schema.set("properties", properties);
        struct.fields().forEach((field, shape) -> properties.set(field, field(struct.name() + "." + field, shape)));
    }

    private ObjectNode field(String name, Shape shape) {
        ObjectNode schema = schema(shape);
        String strategy = STRATEGIES.get(name);
        if (strategy == null) {
            return schema;
        }
        if (schema.has("$ref") && dialect == Dialect.V3) {
            ObjectNode reference = schema;
            schema = Json.object();
            schema.putArray("allOf").add(reference);
        }
        return schema.put(STRATEGY, strategy);
    }

    private ObjectNode schema(Shape shape) {
        ObjectNode schema = Json.object();
        switch (shape) {
            case Scalar scalar -> scalar(scalar, schema);
            case Any any -> schema.put("type", "object");
            case Struct struct -> {
                add(struct);
                schema.put("$ref", dialect.references + PREFIX + struct.name());
            }
            case MapOf map -> schema.put("type", "object").set("additionalProperties", schema(map.value()));
            case ListOf list -> list(list, schema);
        }
        return schema;
    }

    private void list(ListOf list, ObjectNode schema) {
        schema.put("type", "array").set("items", schema(list.item()));
        if (list.items() != Items.ATOMIC) {
            schema.put(STRATEGY, "merge");
        }
        if (list.items() == Items.KEYED) {
            schema.put("x-kubernetes-patch-merge-key", list.keys().get(0).field());
        }
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
