package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** ConfigMaps and Secrets. */
final class Configuration {
    private static final int MOST_BYTES = 1_048_576;
    private static final String IMMUTABLE = "field is immutable when `immutable` is set";

    private Configuration() {}

    static void check(Findings findings, Kind kind, ObjectNode object, @Nullable ObjectNode before) {
        long[] bytes = {0};
        for (String field : List.of("data", "binaryData")) {
            object.path(field).forEachEntry((key, value) -> {
                Names.configKey(findings, field + "[" + key + "]", key);
                bytes[0] += value.asString("").getBytes(StandardCharsets.UTF_8).length;
            });
        }
        if (bytes[0] > MOST_BYTES) {
            String field = kind.equals(Kinds.SECRET) ? "data" : "[]";
            findings.add(new Cause("FieldValueTooLong", "Too long: may not be more than 1048576 bytes", field));
        }
        if (before == null) {
            return;
        }
        if (kind.equals(Kinds.SECRET)) {
            findings.immutable("type", before.path("type"), object.path("type"));
        }
        if (Json.flag(before, "immutable")) {
            if (!Json.flag(object, "immutable")) {
                findings.add(Cause.forbidden("immutable", IMMUTABLE));
            }
            for (String field : List.of("data", "binaryData")) {
                if (!Json.same(before.get(field), object.get(field))) {
                    findings.add(Cause.forbidden(field, IMMUTABLE));
                }
            }
        }
    }
}
