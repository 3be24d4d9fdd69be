package dev.shiplog.localcluster.schema;

import tools.jackson.databind.JsonNode;

/**
 * A value that is of another type than its place takes, in the words of each of the ways by which an API server reads objects.
 *
 * @param wanted in Go's words: {@code int32}, {@code DeploymentSpec}
 * @param wantedInSchema in the words of structured merge: {@code numeric (int or float)}
 */
public record Mismatch(JsonNode found, String wanted, String wantedInSchema) {

    /** From JSON. */
    String decoding(String struct, String path) {
        return "json: cannot unmarshal " + json(found) + " into Go struct field " + struct + "." + path + " of type "
                + wanted;
    }

    /** From what somebody applies. */
    String applying(String path) {
        return path + ": expected " + wantedInSchema + ", got " + smd();
    }

    /** From maps, lists and scalars, as after a strategic merge. */
    String converting() {
        if (wanted.startsWith("map[")) {
            return "cannot restore map from " + go();
        }
        if (wanted.startsWith("[]")) {
            return "cannot restore slice from " + go();
        }
        if (wantedInSchema.equals("map")) {
            return "cannot restore struct from: " + go();
        }
        boolean convertible = wanted.equals("string") ? found.isIntegralNumber() : !wanted.equals("bool");
        return found.isNumber() && convertible
                ? "cannot convert " + go() + " to " + wanted
                : "unrecognized type: " + wanted;
    }

    /** A type as Go's JSON decoder calls it. */
    public static String json(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number";
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            default -> "object";
        };
    }

    private String smd() {
        return switch (found.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> found.isIntegralNumber() ? "int" : "float";
            case BOOLEAN -> "boolean";
            case ARRAY -> "list";
            default -> "map";
        };
    }

    private String go() {
        return switch (found.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> found.isIntegralNumber() ? "int64" : "float64";
            case BOOLEAN -> "bool";
            case ARRAY -> "slice";
            default -> "map";
        };
    }
}
