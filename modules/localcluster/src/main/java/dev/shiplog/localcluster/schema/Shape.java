package dev.shiplog.localcluster.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a value may look like. */
public sealed interface Shape {

    /** The kinds of single values. */
    enum ScalarType {
        STRING,
        BOOL,
        INT32,
        INT64,
        NUMBER,
        QUANTITY,
        INT_OR_STRING,
        TIME,
        BYTES
    }

    /** How the items of a list are owned. */
    enum Items {
        ATOMIC,
        SET,
        KEYED
    }

    /** @param dropsZero whether false and 0 are left out */
    record Scalar(ScalarType type, boolean dropsZero) implements Shape {}

    /** Whatever somebody puts there; owned as a whole. */
    record Any() implements Shape {}

    /**
     * Named fields.
     *
     * @param alwaysPresent fields that Go has even in an empty object
     */
    record Struct(String name, Map<String, Shape> fields, Set<String> alwaysPresent, boolean atomic) implements Shape {}

    /** Any names, one shape. */
    record MapOf(Shape value, boolean atomic) implements Shape {}

    /** A list; keys only if {@link Items#KEYED}. */
    record ListOf(Shape item, Items items, List<ListKey> keys) implements Shape {}

    /** A field that tells list items apart. */
    record ListKey(String field, @Nullable String otherwise) {}

    /** Whether the value is owned as a whole. */
    default boolean isAtomic() {
        return switch (this) {
            case Scalar scalar -> true;
            case Any any -> true;
            case Struct struct -> struct.atomic;
            case MapOf map -> map.atomic;
            case ListOf list -> list.items == Items.ATOMIC;
        };
    }
}
