package dev.shiplog.localcluster.http;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.StatusException;
import java.util.Locale;

/** In which form a client wants to have its answer: the first of those that it accepts and that are served. */
enum Form {
    JSON,
    YAML,
    NONE;

    static final String YAML_TYPE = "application/yaml";

    static Form of(Call call) {
        String accepted = call.header("Accept");
        if (accepted.isBlank()) {
            return JSON;
        }
        for (String each : accepted.split(",")) {
            switch (each.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
                case "application/json", "application/*", "*/*" -> {
                    return JSON;
                }
                case YAML_TYPE -> {
                    return YAML;
                }
                default -> {}
            }
        }
        return NONE;
    }

    static void check(Call call) {
        if (of(call) == NONE) {
            throw notAcceptable("application/json, " + YAML_TYPE);
        }
    }

    /** A stream has no end at which YAML would be whole. */
    static void checkStream(Call call) {
        if (of(call) != JSON) {
            throw notAcceptable("application/json");
        }
    }

    private static StatusException notAcceptable(String served) {
        return StatusException.of(
                406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: " + served, Json.object());
    }
}
