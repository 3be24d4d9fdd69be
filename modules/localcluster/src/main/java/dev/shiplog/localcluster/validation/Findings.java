package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What has been found wrong so far. */
final class Findings {
    private static final int HIGHEST_PORT = 65_535;

    private final List<Cause> causes = new ArrayList<>();

    List<Cause> causes() {
        return List.copyOf(causes);
    }

    void add(Cause cause) {
        causes.add(cause);
    }

    void invalid(String field, JsonNode value, String detail) {
        causes.add(Cause.invalid(field, value.isMissingNode() ? "null" : value.toString(), detail));
    }

    void invalid(String field, String text, String detail) {
        invalid(field, Json.text(text), detail);
    }

    void required(String field) {
        causes.add(Cause.required(field, ""));
    }

    void oneOf(String field, JsonNode value, String... supported) {
        if (!value.isMissingNode() && !Arrays.asList(supported).contains(value.asString())) {
            causes.add(Cause.notSupported(field, value.toString(), supported));
        }
    }

    void notNegative(String field, JsonNode value) {
        if (value.isNumber() && value.longValue() < 0) {
            invalid(field, value, "must be greater than or equal to 0");
        }
    }

    void port(String field, JsonNode value) {
        long number = value.isNumber() ? value.longValue() : 0;
        if (number < 1 || number > HIGHEST_PORT) {
            invalid(field, value.isMissingNode() ? Json.number(0) : value, "must be between 1 and 65535, inclusive");
        }
    }

    void immutable(String field, JsonNode before, JsonNode after) {
        if (!Json.same(before, after)) {
            invalid(field, after, "field is immutable");
        }
    }
}
