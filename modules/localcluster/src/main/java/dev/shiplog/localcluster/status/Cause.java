package dev.shiplog.localcluster.status;

/** One thing that is wrong with one field. */
public record Cause(String reason, String message, String field) {

    public static Cause invalid(String field, String value, String detail) {
        return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + detail, field);
    }

    public static Cause required(String field, String detail) {
        return new Cause("FieldValueRequired", "Required value" + (detail.isEmpty() ? "" : ": " + detail), field);
    }

    public static Cause duplicate(String field, String value) {
        return new Cause("FieldValueDuplicate", "Duplicate value: " + value, field);
    }

    public static Cause forbidden(String field, String detail) {
        return new Cause("FieldValueForbidden", "Forbidden: " + detail, field);
    }

    public static Cause notSupported(String field, String value, String... supported) {
        return new Cause(
                "FieldValueNotSupported",
                "Unsupported value: " + value + ": supported values: \"" + String.join("\", \"", supported) + "\"",
                field);
    }
}
