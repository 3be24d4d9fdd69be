package dev.shiplog.localcluster.validation;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.status.Cause;
import dev.shiplog.localcluster.store.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Checks an object before it is stored. */
public final class Validation {
    private Validation() {}

    /** What is wrong with the object; nothing if it may be stored. */
    public static List<Cause> check(Kind kind, ObjectNode object, @Nullable ObjectNode before) {
        List<Cause> causes = new ArrayList<>();
        if (Json.text(object, "metadata", "name").isEmpty()
                && Json.text(object, "metadata", "generateName").isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        }
        return causes;
    }
}
