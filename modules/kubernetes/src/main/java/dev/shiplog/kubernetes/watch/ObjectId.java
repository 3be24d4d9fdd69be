package dev.shiplog.kubernetes.watch;

import dev.shiplog.domain.json.Json;

/** Which object of a cluster. */
record ObjectId(WatchedKind kind, String namespace, String name) {

    static ObjectId of(WatchedKind kind, Json.Obj object) {
        var metadata = object.object("metadata");
        return new ObjectId(
                kind,
                metadata.text("namespace").orElse(""),
                metadata.text("name").orElse(""));
    }
}
