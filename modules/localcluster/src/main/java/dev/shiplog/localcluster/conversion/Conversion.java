package dev.shiplog.localcluster.conversion;

import dev.shiplog.localcluster.json.Json;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.Kinds;
import tools.jackson.databind.node.ObjectNode;

/** Objects come in and go out in the version that was asked for, and are kept in one. What one lacks, annotations carry. */
public final class Conversion {
    private Conversion() {}

    /** As it is kept, of what came in the served version. */
    public static ObjectNode stored(Kind served, ObjectNode object) {
        return served.equals(Kinds.HORIZONTAL_POD_AUTOSCALER_V1)
                ? named(Kinds.HORIZONTAL_POD_AUTOSCALER, AutoscalerV1.stored(object))
                : object;
    }

    /** In the served version, of what is kept. */
    public static ObjectNode shown(Kind served, ObjectNode object) {
        return served.equals(Kinds.HORIZONTAL_POD_AUTOSCALER_V1) ? named(served, AutoscalerV1.shown(object)) : object;
    }

    private static ObjectNode named(Kind kind, ObjectNode object) {
        return Json.with(object, Json.text(kind.apiVersion()), "apiVersion");
    }
}
