package dev.shiplog.localcluster.schema;

import dev.shiplog.localcluster.schema.Shape.Any;
import dev.shiplog.localcluster.schema.Shape.Items;
import dev.shiplog.localcluster.schema.Shape.ListKey;
import dev.shiplog.localcluster.schema.Shape.ListOf;
import dev.shiplog.localcluster.schema.Shape.MapOf;
import dev.shiplog.localcluster.schema.Shape.Scalar;
import dev.shiplog.localcluster.schema.Shape.ScalarType;
import dev.shiplog.localcluster.schema.Shape.Struct;
import dev.shiplog.localcluster.store.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code kubernetes.schema}, whose notation is explained in its first lines. */
public final class Schema {
    private static final Schema KUBERNETES = load();
    private static final Map<String, ScalarType> SCALARS = Map.of(
            "string", ScalarType.STRING,
            "bool", ScalarType.BOOL,
            "int32", ScalarType.INT32,
            "int64", ScalarType.INT64,
            "number", ScalarType.NUMBER,
            "quantity", ScalarType.QUANTITY,
            "intstr", ScalarType.INT_OR_STRING,
            "time", ScalarType.TIME,
            "bytes", ScalarType.BYTES);

    private final Map<String, String> definitions;
    private final Map<String, Struct> structs = new HashMap<>();
    private final Map<String, Struct> roots = new HashMap<>();

    private Schema(Map<String, String> definitions) {
        this.definitions = definitions;
    }

    public static Struct of(Kind kind) {
        String versioned = kind.name() + "." + kind.version();
        return of(KUBERNETES.definitions.containsKey(versioned) ? versioned : kind.name());
    }

    /** The shape of a whole object, with apiVersion and kind. */
    public static Struct of(String kindName) {
        synchronized (KUBERNETES) {
            return KUBERNETES.roots.computeIfAbsent(kindName, KUBERNETES::root);
        }
    }

    private Struct root(String kindName) {
        Struct struct = struct(kindName, false);
        Map<String, Shape> fields = new LinkedHashMap<>();
        fields.put("apiVersion", new Scalar(ScalarType.STRING, false));
        fields.put("kind", new Scalar(ScalarType.STRING, false));
        fields.putAll(struct.fields());
        return new Struct(kindName, fields, struct.alwaysPresent(), false);
    }

    private Struct struct(String name, boolean atomic) {
        String key = atomic ? name + "!" : name;
        Struct known = structs.get(key);
        if (known != null) {
            return known;
        }
        String definition = definitions.get(name);
        if (definition == null) {
            throw new IllegalArgumentException("no shape is known for " + name);
        }
        Map<String, Shape> fields = new LinkedHashMap<>();
        Set<String> alwaysPresent = new LinkedHashSet<>();
        for (String field : definition.trim().split("\\s+")) {
            int equals = field.indexOf('=');
            String fieldName = field.substring(0, equals);
            String type = field.substring(equals + 1);
            if (type.endsWith("~")) {
                alwaysPresent.add(fieldName);
                type = type.substring(0, type.length() - 1);
            }
            fields.put(fieldName, shape(type));
        }
        Struct struct = new Struct(name, fields, alwaysPresent, atomic);
        structs.put(key, struct);
        return struct;
    }

    private Shape shape(String type) {
        if (type.startsWith("{")) {
            int end = type.lastIndexOf('}');
            return new MapOf(shape(type.substring(1, end)), type.endsWith("!"));
        }
        if (type.startsWith("[")) {
            int end = type.lastIndexOf(']');
            Shape item = shape(type.substring(1, end));
            String rest = type.substring(end + 1);
            if (rest.isEmpty()) {
                return new ListOf(item, Items.ATOMIC, List.of());
            }
            if (rest.equals("set")) {
                return new ListOf(item, Items.SET, List.of());
            }
            return new ListOf(item, Items.KEYED, keys(rest.substring(1, rest.length() - 1)));
        }
        if (type.equals("any")) {
            return new Any();
        }
        boolean dropsZero = type.endsWith("?");
        ScalarType scalar = SCALARS.get(dropsZero ? type.substring(0, type.length() - 1) : type);
        if (scalar != null) {
            return new Scalar(scalar, dropsZero);
        }
        return type.endsWith("!") ? struct(type.substring(0, type.length() - 1), true) : struct(type, false);
    }

    private static List<ListKey> keys(String written) {
        return Arrays.stream(written.split(","))
                .map(key -> {
                    int equals = key.indexOf('=');
                    return equals < 0
                            ? new ListKey(key, null)
                            : new ListKey(key.substring(0, equals), key.substring(equals + 1));
                })
                .toList();
    }

    private static Schema load() {
        Map<String, String> definitions = new HashMap<>();
        String current = "";
        for (String line : text().split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                definitions.merge(current, line, String::concat);
            } else {
                int colon = line.indexOf(':');
                current = line.substring(0, colon);
                definitions.put(current, line.substring(colon + 1));
            }
        }
        return new Schema(definitions);
    }

    private static String text() {
        try (InputStream in = Schema.class.getResourceAsStream("kubernetes.schema")) {
            if (in == null) {
                throw new IllegalStateException("kubernetes.schema is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
